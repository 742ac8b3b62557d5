import {
  type Attachment,
  type AttachmentEvent,
  type CategoryId,
  changeExpense,
  changeInvoice,
  clearUrgency,
  createCategory,
  type DomainEvent,
  defaultSettings,
  deleteCategory,
  deleteExpense,
  type ExpenseId,
  type InvoiceId,
  instant,
  type LocalDate,
  money,
  overrideUrgency,
  type PaymentId,
  recordExpense,
  recordPayment,
  registerInvoice,
  renameCategory,
  reversePayment,
  voidInvoice,
} from '@daftari/domain'
import { eventRecord } from '../events/event-record.ts'
import type { PublicEventType } from '../events/event-types.ts'
import type { EventView } from './list-feed.ts'

const OWNER = '01980000-0000-7000-8000-000000000001'
const by = 'user:asha'
const at = instant(1_795_251_600_000)
const today = '2026-11-21' as LocalDate
const id = <Id extends string>(last: number): Id => `01980000-0000-7000-8000-00000000000${last}` as Id

/** What the rules themselves say when each thing happens. */
export function exampleEvent(type: PublicEventType): EventView {
  const event = happenings().find((happening) => happening.type === type)
  if (event === undefined) throw new Error(`there is no example of ${type}`)
  return JSON.parse(eventRecord({ ownerId: OWNER, actorId: by }, id(9), event).body)
}

function happenings(): DomainEvent[] {
  return [...categoryEvents(), ...expenseEvents(), ...invoiceEvents(), attachmentStored()]
}

function categoryEvents(): DomainEvent[] {
  const made = createCategory({ id: id<CategoryId>(2), name: 'Usafiri', at, by }, [], 100)
  const renamed = renameCategory(made.state, 'Usafiri na mafuta', [], at)
  return [...made.events, ...renamed.events, deleteCategory(renamed.state, 0, at)]
}

function expenseEvents(): DomainEvent[] {
  const rules = { today, ...defaultSettings(OWNER) }
  const expense = {
    id: id<ExpenseId>(3),
    amount: money.of(12_500_00n, 'TZS'),
    categoryId: id<CategoryId>(2),
    expenseDate: today,
    description: 'Daladala',
    attachmentIds: [],
    at,
    by,
  }
  const recorded = recordExpense(expense, rules)
  const changed = changeExpense(recorded.state, { amount: money.of(13_000_00n, 'TZS') }, rules, at)
  return [...recorded.events, ...changed.events, deleteExpense(changed.state, at)]
}

function invoiceEvents(): DomainEvent[] {
  const invoice = {
    id: id<InvoiceId>(4),
    supplier: { name: 'Tanesco', taxId: '100-123-456', iban: null },
    number: 'INV-2026-118',
    issueDate: today,
    dueDate: '2026-12-05' as LocalDate,
    total: money.of(590_000_00n, 'TZS'),
    subtotal: money.of(500_000_00n, 'TZS'),
    tax: money.of(90_000_00n, 'TZS'),
    notes: null,
    attachmentIds: [],
    duplicateReason: null,
    at,
    by,
  }
  const made = registerInvoice(invoice, [])
  const changed = changeInvoice(made.state, { notes: 'Umeme wa Novemba' }, [], at)
  const urgent = overrideUrgency(made.state, {
    level: 'critical',
    reason: 'Power will be cut',
    setBy: by,
    setAt: at,
  })
  const payment = {
    id: id<PaymentId>(5),
    amount: invoice.total,
    paidOn: today,
    method: 'mobile_money',
    reference: 'MP-7781',
  } as const
  const paid = recordPayment(made.state, payment, { at, by, today })
  return [
    ...made.events,
    ...changed.events,
    ...urgent.events,
    ...clearUrgency(urgent.state, at).events,
    ...paid.events,
    ...reversePayment(paid.state, payment.id, 'Paid from the wrong account', { at, by }).events,
    ...voidInvoice(made.state, 'Entered by mistake', at).events,
  ]
}

function attachmentStored(): AttachmentEvent {
  const after: Attachment = {
    id: id(6),
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 48_213,
    sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    state: 'staged',
    expiresAt: instant(at + 24 * 60 * 60 * 1000),
    createdAt: at,
    createdBy: by,
    updatedAt: at,
  }
  return {
    type: 'attachment.stored',
    aggregateType: 'attachment',
    aggregateId: after.id,
    version: 1,
    at,
    before: null,
    after,
  }
}
