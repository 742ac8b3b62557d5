import type { HttpContext } from '../endpoint/http-context.ts'
import { shared } from '../openapi/shared-examples.ts'

const { money, recorded } = shared
const CATEGORY_ID = '019a9a60-5a00-7000-8000-000000000001'
const EXPENSE_ID = '019a9a60-5a00-7000-8000-000000000002'

const expense = {
  amount: money,
  categoryId: CATEGORY_ID,
  expenseDate: '2026-11-21',
  description: 'Basi kwenda Morogoro',
  attachmentIds: [],
}

export const spendingExamples: HttpContext['examples'] = {
  NewCategory: { name: 'Usafiri' },
  CategoryChange: { name: 'Usafiri na mizigo' },
  Category: { id: CATEGORY_ID, version: 1, name: 'Usafiri', expenseCount: 1, total: money, ...recorded },
  NewExpense: expense,
  ExpenseChange: { amount: { amount: '13000.00', currency: 'TZS' } },
  Expense: { id: EXPENSE_ID, version: 1, ...expense, ...recorded },
  ExpenseSummary: {
    groups: [{ key: CATEGORY_ID, label: 'Usafiri', count: 1, total: money }],
    total: money,
  },
  ImportReport: {
    rows: 2,
    accepted: 1,
    rejected: [
      { line: 3, code: 'date_invalid', detail: 'a date is YYYY-MM-DD, from 1970-01-01 to 2100-12-31' },
    ],
  },
  ItemProblem: {
    type: 'urn:daftari:problem:category_not_found',
    title: 'The category does not exist',
    status: 422,
    code: 'category_not_found',
    detail: `There is no category ${CATEGORY_ID}.`,
    errors: [
      {
        pointer: '/items/3/categoryId',
        code: 'category_not_found',
        detail: `There is no category ${CATEGORY_ID}.`,
      },
    ],
  },
  Problem: {
    type: 'urn:daftari:problem:validation_failed',
    title: 'The input has invalid fields',
    status: 422,
    code: 'validation_failed',
    detail: 'The input has 1 invalid field.',
    instance: '/v1/expenses',
    requestId: '7f80ca1a-1e3b-488c-815c-165b56fa3f42',
    errors: [
      { pointer: '/expenseDate', code: 'date_in_future', detail: '2026-11-22 is after today, 2026-11-21' },
    ],
  },
}
