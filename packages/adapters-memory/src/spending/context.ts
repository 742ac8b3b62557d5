import type { MemoryContext } from '../kernel/context.ts'
import { memoryCategoryQueries } from './memory-category-queries.ts'
import { memoryCategoryRepository } from './memory-category-repository.ts'
import { memoryExpenseQueries } from './memory-expense-queries.ts'
import { memoryExpenseRepository } from './memory-expense-repository.ts'

export const spending: MemoryContext<'categories' | 'expenses', 'categories' | 'expenses'> = {
  repositories: {
    categories: ({ session, lock }) => memoryCategoryRepository(session, lock),
    expenses: ({ session, ownerId }) => memoryExpenseRepository(session, ownerId),
  },
  queries: (store) => ({ categories: memoryCategoryQueries(store), expenses: memoryExpenseQueries(store) }),
}
