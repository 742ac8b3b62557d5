import { type Currency, formatInstant, type Money, money, type Recorded } from '@daftari/domain'
import { z } from 'zod'
import { once } from './once.ts'

/** The description of money in the documentation of inputs and views. */
export const MONEY = {
  title: 'Money',
  description: 'An exact amount as text, never a number: nothing is rounded.',
  examples: [{ amount: '12500.00', currency: 'TZS' }],
}

export const moneyView = z.object({ amount: z.string(), currency: z.string() }).meta(MONEY)
export type MoneyView = Readonly<z.output<typeof moneyView>>

export function moneyJson(amount: Money): MoneyView {
  return { amount: money.formatAmount(amount), currency: amount.currency }
}

export function totalJson(totalMinor: bigint, currency: Currency): MoneyView {
  return moneyJson(money.of(totalMinor, currency))
}

export const recordedView = once(() => ({
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  updatedAt: z.iso.datetime(),
}))

/** The last fields of every record: when and by whom it was created, and when it was changed. */
export function recordedJson({ createdAt, createdBy, updatedAt }: Omit<Recorded, 'version'>): {
  createdAt: string
  createdBy: string
  updatedAt: string
} {
  return { createdAt: formatInstant(createdAt), createdBy, updatedAt: formatInstant(updatedAt) }
}

export function pageView<View extends z.ZodType>(view: View) {
  return z.object({ data: z.array(view), nextCursor: z.string().nullable() })
}
