import type { CategoryView, CreateExpenseInput } from '../../src/index.ts'
import { NOWHERE, TODAY, tzs } from '../support/open-books.ts'
import { forged, type RefusalCases, unknownParameter } from './refusal-case.ts'

export const expenseRefusals: RefusalCases = {
  'spending/expense/create-expense.ts': {
    validation_failed: ({ books, scope, food }) =>
      books.expenses.create(scope, { amount: tzs('0'), categoryId: food.id, expenseDate: TODAY }),
    category_not_found: ({ books, scope }) =>
      books.expenses.create(scope, { amount: tzs('1'), categoryId: NOWHERE, expenseDate: TODAY }),
    attachment_not_found: ({ books, scope, food }) =>
      books.expenses.create(scope, { ...good(food), attachmentIds: [NOWHERE] }),
  },
  'spending/expense/create-expenses.ts': {
    validation_failed: ({ books, scope, food }) =>
      books.expenses.createMany(scope, { items: [good(food), { ...good(food), amount: tzs('0') }] }),
    category_not_found: ({ books, scope, food }) =>
      books.expenses.createMany(scope, { items: [good(food), { ...good(food), categoryId: NOWHERE }] }),
    attachment_not_found: ({ books, scope, food }) =>
      books.expenses.createMany(scope, { items: [good(food), { ...good(food), attachmentIds: [NOWHERE] }] }),
  },
  'spending/expense/get-expense.ts': {
    not_found: ({ books, scope }) => books.expenses.get(scope, { expenseId: NOWHERE }),
  },
  'spending/expense/list-expenses.ts': {
    invalid_query: ({ books, scope }) => books.expenses.list(scope, { limit: 101 }),
    invalid_cursor: ({ books, scope }) => books.expenses.list(scope, forged),
  },
  'spending/expense/update-expense.ts': {
    not_found: ({ books, scope }) => books.expenses.update(scope, { expenseId: NOWHERE, version: 1 }, {}),
    precondition_required: ({ books, scope, fare }) =>
      books.expenses.update(scope, { expenseId: fare.id }, {}),
    concurrent_change: ({ books, scope, fare }) =>
      books.expenses.update(scope, { expenseId: fare.id, version: 9 }, { amount: tzs('5') }),
    validation_failed: ({ books, scope, fare }) =>
      books.expenses.update(scope, { expenseId: fare.id, version: 1 }, { amount: tzs('0') }),
    category_not_found: ({ books, scope, fare }) =>
      books.expenses.update(scope, { expenseId: fare.id, version: 1 }, { categoryId: NOWHERE }),
    attachment_not_found: ({ books, scope, fare }) =>
      books.expenses.update(scope, { expenseId: fare.id, version: 1 }, { attachmentIds: [NOWHERE] }),
  },
  'spending/expense/delete-expense.ts': {
    not_found: ({ books, scope }) => books.expenses.delete(scope, { expenseId: NOWHERE, version: 1 }),
    precondition_required: ({ books, scope, fare }) => books.expenses.delete(scope, { expenseId: fare.id }),
    concurrent_change: ({ books, scope, fare }) =>
      books.expenses.delete(scope, { expenseId: fare.id, version: 2 }),
  },
  'spending/expense/summarise-expenses.ts': {
    invalid_query: ({ books, scope }) => books.expenses.summarise(scope, unknownParameter),
  },
  'spending/expense/export-expenses.ts': {
    invalid_query: ({ books, scope }) => books.expenses.export(scope, unknownParameter),
  },
  'spending/expense/import-expenses.ts': {
    validation_failed: ({ books, scope }) => books.expenses.import(scope, { csv: 'a,b\n', dryRun: false }),
  },
}

function good({ id: categoryId }: CategoryView): CreateExpenseInput {
  return { amount: tzs('1'), categoryId, expenseDate: TODAY }
}
