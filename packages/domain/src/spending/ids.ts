import type { Id } from '../identity/id.ts'

export type CategoryId = Id<'category'>
export type ExpenseId = Id<'expense'>
