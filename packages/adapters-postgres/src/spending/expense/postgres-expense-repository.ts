import type { CategoryUsage, ExpenseRepository } from '@daftari/application'
import type { PostgresSession } from '../../kernel/session/postgres-session.ts'
import {
  deleteExpense,
  EXPENSE_FIELDS,
  type ExpenseRow,
  expenseOf,
  insertExpense,
  updateExpense,
} from './expense-table.ts'

const ONE = `select ${EXPENSE_FIELDS} from daftari.expense where owner_id = $1 and id = $2`
const OF_CATEGORY = `select ${EXPENSE_FIELDS} from daftari.expense
  where owner_id = $1 and category_id = $2 order by id limit $3`
const USAGE = `select count(*) as expense_count, coalesce(sum(amount_minor), 0)::text as total_minor
  from daftari.expense where owner_id = $1 and category_id = $2`
const ANY = 'select exists (select from daftari.expense where owner_id = $1) as exist'

export interface UsageRow {
  readonly expense_count: bigint
  readonly total_minor: string
}

export function postgresExpenseRepository(session: PostgresSession, ownerId: string): ExpenseRepository {
  async function select<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
    const [result] = await session.read({ text, values: [ownerId, ...values] })
    return result?.rows ?? []
  }

  return {
    async find(id) {
      const [row] = await select<ExpenseRow>(ONE, id)
      return row === undefined ? null : expenseOf(row)
    },
    async listByCategory(categoryId, limit) {
      return (await select<ExpenseRow>(OF_CATEGORY, categoryId, limit)).map(expenseOf)
    },
    async usageOf(categoryId) {
      const [row] = await select<UsageRow>(USAGE, categoryId)
      return usageOf(row)
    },
    async exist() {
      const [row] = await select<{ exist: boolean }>(ANY)
      return row?.exist === true
    },
    insert: (expense) => session.stage(insertExpense, expense),
    update: (state, expectedVersion) => session.stage(updateExpense, { state, expectedVersion }),
    delete: (expense) => session.stage(deleteExpense, expense),
  }
}

export function usageOf(row: UsageRow | undefined): CategoryUsage {
  return { expenseCount: Number(row?.expense_count ?? 0), totalMinor: BigInt(row?.total_minor ?? 0) }
}
