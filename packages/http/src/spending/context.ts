import { historyRoute } from '../endpoint/history-route.ts'
import type { HttpContext } from '../endpoint/http-context.ts'
import { categoryEndpoints } from './category/category-endpoints.ts'
import { spendingExamples } from './examples.ts'
import { expenseCsvEndpoints } from './expense/expense-csv-endpoints.ts'
import { expenseEndpoints } from './expense/expense-endpoints.ts'

export const spending: HttpContext = {
  tags: [
    { name: 'Categories', description: 'The categories of expenses.' },
    { name: 'Expenses', description: 'Money that was spent.' },
  ],
  examples: spendingExamples,
  routes: (books) => [
    ...categoryEndpoints(books),
    historyRoute(books, 'category', {
      collection: 'categories',
      operationId: 'listCategoryHistory',
      tag: 'Categories',
    }),
    ...expenseEndpoints(books),
    historyRoute(books, 'expense', {
      collection: 'expenses',
      operationId: 'listExpenseHistory',
      tag: 'Expenses',
    }),
    ...expenseCsvEndpoints(books),
  ],
}
