import type { Id } from '../identity/id.ts'

export type InvoiceId = Id<'invoice'>
export type PaymentId = Id<'payment'>
