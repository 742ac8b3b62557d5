import type { Id } from '../kernel/identity/id.ts'

export type InvoiceId = Id<'invoice'>
export type PaymentId = Id<'payment'>
