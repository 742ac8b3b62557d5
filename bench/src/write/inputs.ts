import type { CreateExpenseInput, RecordPaymentInput } from '@daftari/application'
import { categoryId } from './ids.ts'

/** What everybody writes. The words are those that we would make of the description. */
export const EXPENSE = {
  amountMinor: 1_250_000,
  currency: 'TZS',
  date: '2024-06-30',
  description: 'Nauli ya dala dala, Kariakoo',
  words: ' nauli ya dala kariakoo',
} as const

export const PAYMENT = {
  amountMinor: 100,
  currency: 'TZS',
  paidOn: '2024-07-15',
  method: 'mobile_money',
  reference: 'MP240715.1200.A01234',
} as const

export function expenseInput(owner: number): CreateExpenseInput {
  const { currency, date, description } = EXPENSE
  return {
    amount: { amount: '12500.00', currency },
    categoryId: categoryId(owner),
    expenseDate: date,
    description,
  }
}

export function paymentInput(): Omit<RecordPaymentInput, 'invoiceId'> {
  const { currency, paidOn, method, reference } = PAYMENT
  return { amount: { amount: '1.00', currency }, paidOn, method, reference }
}
