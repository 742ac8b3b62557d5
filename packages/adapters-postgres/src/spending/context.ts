import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { postgresCategoryQueries } from './category/postgres-category-queries.ts'
import { postgresCategoryRepository } from './category/postgres-category-repository.ts'
import { postgresExpenseQueries } from './expense/postgres-expense-queries.ts'
import { postgresExpenseRepository } from './expense/postgres-expense-repository.ts'
import { spendingInvariants } from './invariants.ts'

export const spending: PostgresContext<'categories' | 'expenses', 'categories' | 'expenses'> = {
  repositories: {
    categories: postgresCategoryRepository,
    expenses: postgresExpenseRepository,
  },
  queries: ({ views }) => ({
    categories: postgresCategoryQueries(views),
    expenses: postgresExpenseQueries(views),
  }),
  invariants: spendingInvariants,
}
