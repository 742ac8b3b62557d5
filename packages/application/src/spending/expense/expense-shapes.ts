import type { CategoryId, Expense, ExpenseFacts } from '@daftari/domain'
import { z } from 'zod'
import { attachmentIdsField, dateField, idField, moneyField, textField } from '../../kernel/input/fields.ts'
import { once } from '../../kernel/input/once.ts'
import { listOf, pageQuery } from '../../kernel/input/page-query.ts'
import type { Precondition } from '../../kernel/input/precondition.ts'
import { moneyJson, moneyView, recordedJson, recordedView } from '../../kernel/input/views.ts'

const LONGEST_DESCRIPTION = 500

const amount = moneyField
const categoryId = idField<CategoryId>()
const expenseDate = dateField
const description = textField(LONGEST_DESCRIPTION)

export const createExpenseInput = z
  .strictObject({
    amount,
    categoryId,
    expenseDate,
    description: description.nullish(),
    attachmentIds: attachmentIdsField.nullish(),
  })
  .transform(
    ({ description: said, attachmentIds, ...facts }): ExpenseFacts => ({
      ...facts,
      description: said ?? null,
      attachmentIds: attachmentIds ?? [],
    }),
  )
  .meta({ title: 'NewExpense' })
export type CreateExpenseInput = z.input<typeof createExpenseInput>

/** The part of an item that refers to other records. */
export const namingItem = z.object({ categoryId, attachmentIds: attachmentIdsField.nullish() })

export const expenseChange = z
  .strictObject({
    amount: amount.optional(),
    categoryId: categoryId.optional(),
    expenseDate: expenseDate.optional(),
    description: description.nullable().optional(),
    attachmentIds: attachmentIdsField
      .nullable()
      .transform((ids) => ids ?? [])
      .optional(),
  })
  .meta({ title: 'ExpenseChange' })

export interface ExpenseTarget {
  readonly expenseId: string
  readonly version?: Precondition | undefined
}

export type UpdateExpenseInput = z.input<typeof expenseChange>

const filters = {
  categoryId: listOf(idField<CategoryId>()).default([]),
  from: dateField.optional(),
  to: dateField.optional(),
}

export const listExpensesInput = z.strictObject({
  ...filters,
  amountMin: z.string().optional(),
  amountMax: z.string().optional(),
  q: z.string().optional(),
  sort: z.enum(['-expenseDate', 'expenseDate', '-amount', 'amount']).default('-expenseDate'),
  ...pageQuery,
})
export type ListExpensesInput = z.input<typeof listExpensesInput>

const { limit: _limit, cursor: _cursor, ...exportFilters } = listExpensesInput.shape
export const exportExpensesInput = z.strictObject(exportFilters)
export type ExportExpensesInput = z.input<typeof exportExpensesInput>

export const summariseExpensesInput = z.strictObject({
  ...filters,
  groupBy: z.enum(['category', 'month', 'day']).default('category'),
})
export type SummariseExpensesInput = z.input<typeof summariseExpensesInput>

export const expenseView = once(() =>
  z
    .object({
      id: z.uuid(),
      version: z.int(),
      amount: moneyView,
      categoryId: z.uuid(),
      expenseDate: z.iso.date(),
      description: z.string().nullable(),
      attachmentIds: z.array(z.uuid()),
      ...recordedView(),
    })
    .meta({ title: 'Expense' }),
)
export type ExpenseView = Readonly<z.output<ReturnType<typeof expenseView>>>

export const expenseSummaryView = once(() =>
  z
    .object({
      groups: z.array(z.object({ key: z.string(), label: z.string(), count: z.int(), total: moneyView })),
      total: moneyView,
    })
    .meta({ title: 'ExpenseSummary' }),
)
export type ExpenseSummaryView = Readonly<z.output<ReturnType<typeof expenseSummaryView>>>

/** An expense as JSON. It has no computed fields. */
export function expenseRecord(expense: Expense): ExpenseView {
  const { id, version, amount: spent, categoryId: filedUnder, expenseDate: date, description: said } = expense
  return {
    id,
    version,
    amount: moneyJson(spent),
    categoryId: filedUnder,
    expenseDate: date,
    description: said,
    attachmentIds: [...expense.attachmentIds],
    ...recordedJson(expense),
  }
}
