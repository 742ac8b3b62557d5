import type { Category, Expense } from '@daftari/domain'
import { Table } from '../kernel/table.ts'

export interface SpendingBooks {
  readonly categories: Table<Category>
  readonly expenses: Table<Expense>
}

export function spendingBooks(): SpendingBooks {
  return { categories: new Table(), expenses: new Table() }
}
