import type { Instant } from '../../kernel/calendar/instant.ts'
import type { LocalDate } from '../../kernel/calendar/local-date.ts'
import type { Money } from '../../kernel/money/money.ts'
import type { PaymentId } from '../ids.ts'

export type PaymentMethod = 'cash' | 'bank' | 'mobile_money' | 'card' | 'cheque'
export const PAYMENT_METHODS: readonly PaymentMethod[] = ['cash', 'bank', 'mobile_money', 'card', 'cheque']

/** Money paid on an invoice. A payment can be reversed; a reversed payment stays with the invoice. */
export interface Payment extends NewPayment {
  readonly createdAt: Instant
  readonly createdBy: string
  readonly updatedAt: Instant
  readonly reversal: Reversal | null
}

export interface NewPayment {
  readonly id: PaymentId
  readonly amount: Money
  readonly paidOn: LocalDate
  readonly method: PaymentMethod
  readonly reference: string | null
}

export interface Reversal {
  readonly reason: string
  readonly at: Instant
  readonly by: string
}
