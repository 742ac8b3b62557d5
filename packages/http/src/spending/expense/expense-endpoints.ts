import {
  type Books,
  bulkBody,
  createExpenseInput,
  expenseChange,
  expenseSummaryView,
  expenseView,
  listExpensesInput,
  pageView,
  summariseExpensesInput,
} from '@daftari/application'
import { created, gone, record, shown } from '../../endpoint/answer.ts'
import { bulkAnswer, bulkAnswers, bulkInputOf, bulkQuery } from '../../endpoint/bulk.ts'
import type { Current } from '../../endpoint/endpoint.ts'
import { type Route, route } from '../../endpoint/route.ts'

const tag = 'Expenses'
const etag = ['ETag'] as const
const lists = ['categoryId'] as const

/** `/v1/expenses` */
export function expenseEndpoints({ expenses }: Books): readonly Route[] {
  const current: Current = {
    view: expenseView(),
    read: ({ scope, id }) => expenses.get(scope, { expenseId: id }),
  }
  return [
    route({
      method: 'GET',
      path: '/expenses',
      scope: 'read',
      operationId: 'listExpenses',
      tag,
      summary: 'List expenses, by default newest first',
      query: listExpensesInput,
      lists,
      answers: [{ status: 200, description: 'A page of expenses.', view: pageView(expenseView()) }],
      refusals: ['invalid_cursor'],
      handle: async ({ scope, query }) => shown(await expenses.list(scope, query)),
    }),
    route({
      method: 'POST',
      path: '/expenses',
      scope: 'write',
      operationId: 'createExpense',
      tag,
      summary: 'Record an expense',
      body: createExpenseInput,
      answers: [
        { status: 201, description: 'The new expense.', view: expenseView(), headers: ['ETag', 'Location'] },
      ],
      refusals: ['category_not_found', 'attachment_not_found'],
      handle: async ({ scope, body, url }) => created(await expenses.create(scope, body), url),
    }),
    route({
      method: 'POST',
      path: '/expenses/bulk',
      scope: 'write',
      operationId: 'createExpenses',
      tag,
      summary: 'Record up to 1,000 expenses',
      query: bulkQuery,
      body: bulkBody(createExpenseInput),
      answers: bulkAnswers(expenseView()),
      refusals: ['category_not_found', 'attachment_not_found'],
      handle: async ({ scope, body, query }) =>
        bulkAnswer(await expenses.createMany(scope, bulkInputOf(body, query))),
    }),
    route({
      method: 'GET',
      path: '/expenses/summary',
      scope: 'read',
      operationId: 'summariseExpenses',
      tag,
      summary: 'Sum expenses by category, month or day',
      query: summariseExpensesInput,
      lists,
      answers: [{ status: 200, description: 'The sums.', view: expenseSummaryView() }],
      handle: async ({ scope, query }) => shown(await expenses.summarise(scope, query)),
    }),
    route({
      method: 'GET',
      path: '/expenses/:id',
      scope: 'read',
      operationId: 'getExpense',
      tag,
      summary: 'Get an expense',
      answers: [{ status: 200, description: 'The expense.', view: expenseView(), headers: etag }],
      handle: async ({ scope, id }) => record(await expenses.get(scope, { expenseId: id })),
    }),
    route({
      method: 'PATCH',
      path: '/expenses/:id',
      scope: 'write',
      operationId: 'updateExpense',
      tag,
      summary: 'Change an expense',
      body: expenseChange,
      current,
      answers: [
        { status: 200, description: 'The expense after the change.', view: expenseView(), headers: etag },
      ],
      refusals: ['category_not_found', 'attachment_not_found'],
      handle: async ({ scope, id, body, precondition }) =>
        record(await expenses.update(scope, { expenseId: id, ...precondition }, body)),
    }),
    route({
      method: 'DELETE',
      path: '/expenses/:id',
      scope: 'write',
      operationId: 'deleteExpense',
      tag,
      summary: 'Delete an expense',
      current,
      answers: [{ status: 204, description: 'The expense is deleted. Its history stays.' }],
      handle: async ({ scope, id, precondition }) => {
        await expenses.delete(scope, { expenseId: id, ...precondition })
        return gone()
      },
    }),
  ]
}
