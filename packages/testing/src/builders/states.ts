import {
  type Attachment,
  type Category,
  defaultSettings,
  type Expense,
  money,
  type Payment,
  type PendingInvoice,
  type Settings,
} from '@daftari/domain'
import { at, freshId, on } from './fresh.ts'

const recorded = {
  version: 1,
  createdAt: at('2026-11-21T09:00:00.000Z'),
  createdBy: 'a-tester',
  updatedAt: at('2026-11-21T09:00:00.000Z'),
}

/** A category as it is after its creation. */
export function aCategory(overrides: Partial<Category> = {}): Category {
  const id = freshId<Category['id']>()
  return { id, name: `Category ${id}`, ...recorded, ...overrides }
}

/** An expense of TSh 12,500. Without a `categoryId` it names a category that nobody has. */
export function anExpense(overrides: Partial<Expense> = {}): Expense {
  return {
    id: freshId(),
    amount: money.of(12_500_00n, 'TZS'),
    categoryId: freshId(),
    expenseDate: on('2026-11-20'),
    description: null,
    attachmentIds: [],
    ...recorded,
    ...overrides,
  }
}

/** A pending invoice of TSh 250,000. */
export function anInvoice(overrides: Partial<PendingInvoice> = {}): PendingInvoice {
  const id = freshId<PendingInvoice['id']>()
  const total = overrides.total ?? money.of(250_000_00n, 'TZS')
  return {
    id,
    supplier: { name: 'Kilimo Supplies Ltd', taxId: null, iban: null },
    number: `INV-${id}`,
    issueDate: null,
    dueDate: on('2026-12-20'),
    total,
    subtotal: null,
    tax: null,
    notes: null,
    attachmentIds: [],
    duplicateReason: null,
    status: 'pending',
    payments: [],
    paid: money.zero(total.currency),
    urgencyOverride: null,
    ...recorded,
    ...overrides,
  }
}

/** A payment of TSh 50,000 that stands. */
export function aPayment(overrides: Partial<Payment> = {}): Payment {
  const { version: _, ...occasion } = recorded
  return {
    id: freshId(),
    amount: money.of(50_000_00n, 'TZS'),
    paidOn: on('2026-11-21'),
    method: 'bank',
    reference: null,
    reversal: null,
    ...occasion,
    ...overrides,
  }
}

/** A staged file. */
export function anAttachment(overrides: Partial<Attachment> = {}): Attachment {
  const { version: _, ...occasion } = recorded
  return {
    id: freshId(),
    fileName: 'receipt.pdf',
    contentType: 'application/pdf',
    sizeBytes: 48_213,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    state: 'staged',
    expiresAt: at('2026-11-22T09:00:00.000Z'),
    storeId: '019373c2-7a00-7000-8000-00000000f11e',
    ...occasion,
    ...overrides,
  }
}

/** The settings of an owner after the first change. */
export function someSettings(ownerId: string, overrides: Partial<Settings> = {}): Settings {
  return { ...defaultSettings(ownerId), ...recorded, ...overrides }
}
