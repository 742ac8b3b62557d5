import type {
  CreateCategoryInput,
  CreateExpenseInput,
  CreateInvoiceInput,
  RecordPaymentInput,
  Scope,
} from '@daftari/application'
import { freshId } from './fresh.ts'

/** Books of an owner who has none yet. */
export function aScope(overrides: Partial<Scope> = {}): Scope {
  return { ownerId: freshId(), actorId: 'a-tester', ...overrides }
}

export function aCategoryInput(overrides: Partial<CreateCategoryInput> = {}): CreateCategoryInput {
  return { name: 'Travel', ...overrides }
}

/** TSh 12,500 on a day that every test's clock has behind it. */
export function anExpenseInput(
  overrides: Pick<CreateExpenseInput, 'categoryId'> & Partial<CreateExpenseInput>,
): CreateExpenseInput {
  return { amount: { amount: '12500.00', currency: 'TZS' }, expenseDate: '2026-01-15', ...overrides }
}

/** TSh 250,000, under a number of its own. */
export function anInvoiceInput(overrides: Partial<CreateInvoiceInput> = {}): CreateInvoiceInput {
  return {
    supplier: { name: 'Kilimo Supplies Ltd' },
    number: `INV-${freshId()}`,
    dueDate: '2026-12-20',
    total: { amount: '250000.00', currency: 'TZS' },
    ...overrides,
  }
}

export function aPaymentInput(overrides: Partial<RecordPaymentInput> = {}): RecordPaymentInput {
  return {
    amount: { amount: '50000.00', currency: 'TZS' },
    paidOn: '2026-01-15',
    method: 'bank',
    ...overrides,
  }
}
