import type { Id } from '../kernel/identity/id.ts'

export type CategoryId = Id<'category'>
export type ExpenseId = Id<'expense'>
