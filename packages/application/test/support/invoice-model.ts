import type { DomainErrorCode, InvoiceView } from '../../src/index.ts'

/** What an invoice is, said once more and as plainly as can be: cents are numbers, nothing is an event. */
export interface ModelInvoice extends ModelFacts {
  readonly id: string
  readonly ownerId: string
  readonly version: number
  readonly isVoid: boolean
  readonly voidReason: string | null
  readonly payments: readonly ModelPayment[]
  readonly urgency: ModelUrgency | null
  readonly createdAt: string
  readonly updatedAt: string
}

export interface ModelFacts {
  readonly name: string
  readonly taxId: string | null
  readonly number: string
  readonly dueDate: string
  readonly total: number
  readonly subtotal: number | null
  readonly tax: number | null
  readonly notes: string | null
  readonly duplicateReason: string | null
}

interface ModelPayment {
  readonly id: string
  readonly cents: number
  readonly createdAt: string
  readonly reversedAt: string | null
}

interface ModelUrgency {
  readonly level: NonNullable<InvoiceView['urgency']>['level']
  readonly setAt: string
}

/** Everything the model reads of the world around it. */
export interface ModelWorld {
  readonly today: string
  readonly now: string
}

export const LEVELS = ['overdue', 'critical', 'high', 'medium', 'low'] as const

export class ModelRefusal extends Error {
  readonly code: DomainErrorCode

  constructor(code: DomainErrorCode) {
    super(code)
    this.code = code
  }
}

export function refuse(code: DomainErrorCode): never {
  throw new ModelRefusal(code)
}

export function paidOf({ payments }: ModelInvoice): number {
  return payments.reduce((sum, { cents, reversedAt }) => (reversedAt === null ? sum + cents : sum), 0)
}

export function statusOf(invoice: ModelInvoice): InvoiceView['status'] {
  if (invoice.isVoid) return 'void'
  const paid = paidOf(invoice)
  if (paid === 0) return 'pending'
  return paid === invoice.total ? 'paid' : 'partly_paid'
}

export function refuseBadFacts({ total, subtotal, tax }: ModelFacts): void {
  const parts = (subtotal ?? 0) + (tax ?? 0)
  const isWhole = subtotal !== null && tax !== null
  if (total <= 0 || (isWhole ? parts !== total : parts > total)) refuse('validation_failed')
}

export function refuseTwin(facts: ModelFacts, others: readonly ModelInvoice[]): void {
  if (facts.duplicateReason !== null) return
  const isTwin = (other: ModelInvoice): boolean =>
    !other.isVoid && signs(other.number) === signs(facts.number) && isSameSupplier(other, facts)
  if (others.some(isTwin)) refuse('invoice_probable_duplicate')
}

function isSameSupplier(one: ModelFacts, other: ModelFacts): boolean {
  if (one.taxId !== null && other.taxId !== null) return signs(one.taxId) === signs(other.taxId)
  return one.name.toLowerCase() === other.name.toLowerCase()
}

function signs(text: string): string {
  return text.toUpperCase().replaceAll(' ', '')
}

/** The view that the books must give. */
export function modelView(invoice: ModelInvoice, actor: string, { today }: ModelWorld): InvoiceView {
  const { id, version, name, taxId, number, dueDate, notes, duplicateReason, voidReason } = invoice
  const [status, paid] = [statusOf(invoice), paidOf(invoice)]
  const isOpen = status === 'pending' || status === 'partly_paid'
  return {
    id,
    version,
    status,
    supplier: { name, taxId, iban: null },
    number,
    issueDate: null,
    dueDate,
    total: money(invoice.total),
    subtotal: invoice.subtotal === null ? null : money(invoice.subtotal),
    tax: invoice.tax === null ? null : money(invoice.tax),
    notes,
    attachmentIds: [],
    duplicateReason,
    voidReason,
    payments: invoice.payments.map((payment) => paymentView(payment, actor, today)),
    paid: money(paid),
    balance: money(invoice.total - paid),
    isOverdue: isOpen && dueDate < today,
    urgency: isOpen ? urgencyView(invoice, actor, today) : null,
    createdAt: invoice.createdAt,
    createdBy: actor,
    updatedAt: invoice.updatedAt,
  }
}

function paymentView(
  { id, cents, createdAt, reversedAt }: ModelPayment,
  actor: string,
  paidOn: string,
): InvoiceView['payments'][number] {
  return {
    id,
    amount: money(cents),
    paidOn,
    method: 'cash',
    reference: null,
    reversal: reversedAt === null ? null : { reason: 'Wrong', at: reversedAt, by: actor },
    createdAt,
    createdBy: actor,
    updatedAt: reversedAt ?? createdAt,
  }
}

function urgencyView(invoice: ModelInvoice, actor: string, today: string): InvoiceView['urgency'] {
  const daysUntilDue = (Date.parse(invoice.dueDate) - Date.parse(today)) / 86_400_000
  const bounds = [-1, 7, 14, 30, Number.POSITIVE_INFINITY]
  const set = invoice.urgency
  const rank = set === null ? bounds.findIndex((bound) => daysUntilDue <= bound) : LEVELS.indexOf(set.level)
  return {
    level: LEVELS[rank] ?? 'low',
    rank: rank + 1,
    source: set === null ? 'calculated' : 'manual',
    daysUntilDue,
    reason: set === null ? null : 'Why not',
    setBy: set === null ? null : actor,
    setAt: set?.setAt ?? null,
  }
}

export function money(cents: number): { amount: string; currency: string } {
  return { amount: `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`, currency: 'TZS' }
}
