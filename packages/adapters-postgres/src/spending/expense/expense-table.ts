import {
  type AttachmentId,
  type CategoryId,
  type Currency,
  DomainError,
  type Expense,
  type ExpenseId,
  type LocalDate,
  money,
} from '@daftari/domain'
import { recordedColumns, recordedOf } from '../../kernel/columns.ts'
import {
  type BrokenConstraint,
  type Column,
  deleteFrom,
  fieldsOf,
  insertInto,
  updateOf,
  type VersionedWrite,
  type WriteKind,
} from '../../kernel/session/table-writes.ts'
import { wordsColumn } from '../../kernel/text/search-words.ts'
import type { SpendingTables } from '../tables.ts'

type Table = SpendingTables['daftari.expense']
export type ExpenseRow = Omit<Table, 'owner_id' | 'words'>

const columns: readonly Column<Expense>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'category_id', type: 'uuid', of: ({ categoryId }) => categoryId },
  { name: 'amount_minor', type: 'bigint', of: ({ amount }) => amount.amountMinor },
  { name: 'currency', type: 'text', of: ({ amount }) => amount.currency },
  { name: 'expense_date', type: 'date', of: ({ expenseDate }) => expenseDate },
  { name: 'description', type: 'text', of: ({ description }) => description },
  { name: 'words', type: 'text', of: ({ description }) => wordsColumn(description ?? ''), isDerived: true },
  { name: 'attachment_ids', type: 'uuid[]', of: ({ attachmentIds }) => attachmentIds },
  ...recordedColumns,
]

export const EXPENSE_FIELDS: string = fieldsOf(columns)

const KNOWN = 'select id from daftari.category where owner_id = $1 and id = any ($2::uuid[])'

/** PostgreSQL does not report which row violated the constraint, so the rows are checked here. */
async function refusal(
  { constraint, ownerId, cause, look }: BrokenConstraint,
  expenses: readonly Expense[],
): Promise<Error | null> {
  const [first] = expenses
  if (first === undefined) return null
  if (constraint === 'expense_category_fk') {
    const named = [...new Set(expenses.map(({ categoryId }) => categoryId))]
    const known = await look<{ id: string }>({ text: KNOWN, values: [ownerId, named] })
    const missing = named.find((categoryId) => known.every(({ id }) => id !== categoryId))
    return new DomainError('category_not_found', { categoryId: missing ?? first.categoryId }, { cause })
  }
  if (constraint !== 'expense_currency_fk') return null
  const detail = `${first.amount.currency} is not the base currency of the owner`
  const errors = [{ pointer: '/amount/currency', code: 'currency_not_allowed', detail }] as const
  return new DomainError('validation_failed', { errors }, { cause })
}

export const insertExpense: WriteKind<Expense> = { ...insertInto<Expense>('expense', columns), refusal }
export const updateExpense: WriteKind<VersionedWrite<Expense>> = {
  ...updateOf<Expense>('expense', columns),
  refusal: (broken, rows) =>
    refusal(
      broken,
      rows.map(({ state }) => state),
    ),
}
export const deleteExpense: WriteKind<Expense> = deleteFrom<Expense>('expense')

export function expenseOf(row: ExpenseRow): Expense {
  return {
    id: row.id as ExpenseId,
    amount: money.of(row.amount_minor, row.currency as Currency),
    categoryId: row.category_id as CategoryId,
    expenseDate: row.expense_date as LocalDate,
    description: row.description,
    attachmentIds: row.attachment_ids as AttachmentId[],
    ...recordedOf(row),
  }
}
