import { isSameList } from '../../files/references.ts'
import type { Instant } from '../../kernel/calendar/instant.ts'
import { type Decision, unchanged } from '../../kernel/events/decision.ts'
import { created, deleted, type Fact, updated } from '../../kernel/events/fact.ts'
import { firstVersion, nextVersion, type Recorded } from '../../kernel/identity/recorded.ts'
import { equals } from '../../kernel/money/money.ts'
import type { CategoryId, ExpenseId } from '../ids.ts'
import type { ExpenseFacts } from './expense-facts.ts'
import { type ExpenseRules, refuseAgainstRules } from './expense-rules.ts'

/** Money that was spent, in the owner's base currency, on one category. */
export interface Expense extends Recorded, ExpenseFacts {
  readonly id: ExpenseId
}

export type ExpenseEvent = Fact<'expense.created' | 'expense.updated' | 'expense.deleted', 'expense', Expense>

export interface NewExpense extends ExpenseFacts {
  readonly id: ExpenseId
  readonly at: Instant
  readonly by: string
}

/** @throws validation_failed */
export function recordExpense(
  { id, at, by, ...facts }: NewExpense,
  rules: ExpenseRules,
): Decision<Expense, ExpenseEvent> {
  refuseAgainstRules(facts, rules)
  const state: Expense = { id, ...facts, ...firstVersion(at, by) }
  return { state, events: [created('expense.created', 'expense', state)] }
}

/** Changes the given fields; other fields stay. @throws validation_failed */
export function changeExpense(
  expense: Expense,
  change: Partial<ExpenseFacts>,
  rules: ExpenseRules,
  at: Instant,
): Decision<Expense, ExpenseEvent> {
  const changed: Expense = { ...expense, ...change }
  if (isSame(expense, changed)) return unchanged(expense)
  refuseAgainstRules(change, rules)
  const state = nextVersion(changed, at)
  return { state, events: [updated('expense.updated', 'expense', expense, state)] }
}

/** Moves an expense to another category. The amount and the date are not validated again, because they were valid when they were recorded. */
export function moveExpense(
  expense: Expense,
  categoryId: CategoryId,
  at: Instant,
): Decision<Expense, ExpenseEvent> {
  if (expense.categoryId === categoryId) return unchanged(expense)
  const state = nextVersion({ ...expense, categoryId }, at)
  return { state, events: [updated('expense.updated', 'expense', expense, state)] }
}

export function deleteExpense(expense: Expense, at: Instant): ExpenseEvent {
  return deleted('expense.deleted', 'expense', expense, at)
}

function isSame(one: ExpenseFacts, other: ExpenseFacts): boolean {
  return (
    equals(one.amount, other.amount) &&
    one.categoryId === other.categoryId &&
    one.expenseDate === other.expenseDate &&
    one.description === other.description &&
    isSameList(one.attachmentIds, other.attachmentIds)
  )
}
