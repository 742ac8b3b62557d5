import type { Category, CategoryId, Expense, ExpenseId, LocalDate } from '@daftari/domain'
import type { KeysetPage } from '../kernel/ports.ts'

/** `update` and `delete` get the version that was read. A stale version makes `transact` throw `concurrent_change`. */
export interface CategoryRepository {
  /** Locks and returns all categories of the owner, including staged ones. No other transaction can add or rename a category until this one ends. */
  lockAll(): Promise<readonly Category[]>
  find(id: CategoryId): Promise<Category | null>
  /** Finds those of the ids that exist, each once even if an id is repeated. The order is not defined. */
  findMany(ids: readonly CategoryId[]): Promise<readonly Category[]>
  /** Stores a category. A name with a folded form that is taken makes `transact` throw `category_name_taken`. */
  insert(category: Category): void
  /** Updates a category. Names are refused as by `insert`. */
  update(category: Category, expectedVersion: number): void
  /** Deletes a category. When it has expenses, `transact` throws `category_in_use`. */
  delete(category: Category): void
}

export interface ExpenseRepository {
  find(id: ExpenseId): Promise<Expense | null>
  /** Lists the expenses of a category, oldest id first, at most `limit`. */
  listByCategory(categoryId: CategoryId, limit: number): Promise<readonly Expense[]>
  /** Counts the expenses of a category, and sums them exactly. */
  usageOf(categoryId: CategoryId): Promise<CategoryUsage>
  /** Whether the owner has any expense, including staged ones. */
  exist(): Promise<boolean>
  /** Stores an expense. A category that does not exist or belongs to another owner makes `transact` throw `category_not_found`. */
  insert(expense: Expense): void
  /** Updates an expense. Categories are refused as by `insert`. */
  update(expense: Expense, expectedVersion: number): void
  delete(expense: Expense): void
}

export interface CategoryUsage {
  readonly expenseCount: number
  readonly totalMinor: bigint
}

export interface CategoryWithUsage extends CategoryUsage {
  readonly category: Category
}

export interface CategoryQueries {
  find(ownerId: string, id: string): Promise<CategoryWithUsage | null>
  /** Lists categories by folded name in code point order, then by id. Each of `words` must be the beginning of a word of the folded name. */
  list(ownerId: string, filter: CategoryFilter, page: KeysetPage): Promise<readonly CategoryWithUsage[]>
}

export interface CategoryFilter {
  readonly words: readonly string[]
}

export interface ExpenseQueries {
  find(ownerId: string, id: string): Promise<Expense | null>
  /** Lists expenses by the sort key, then by id, both in the direction of the sort. The sort key is the date or the amount in minor units. */
  list(
    ownerId: string,
    filter: ExpenseFilter,
    sort: ExpenseSort,
    page: KeysetPage,
  ): Promise<readonly Expense[]>
  /** Sums expenses by category, month or day, with exactly one row for each that has expenses. The order is not defined. */
  summarise(
    ownerId: string,
    filter: ExpenseFilter,
    groupBy: ExpenseGrouping,
  ): Promise<readonly ExpenseGroup[]>
}

/** An expense must match all conditions together. Bounds are inclusive. `null` or an empty list is no condition. */
export interface ExpenseFilter {
  readonly categoryIds: readonly string[]
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly minMinor: bigint | null
  readonly maxMinor: bigint | null
  /** Each must be the beginning of a folded word of the description. */
  readonly words: readonly string[]
}

export type ExpenseSort = 'expenseDate' | '-expenseDate' | 'amount' | '-amount'
export type ExpenseGrouping = 'category' | 'month' | 'day'

export interface ExpenseGroup {
  /** The category's id, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly key: string
  /** The name of the category, or the key for months and days. */
  readonly label: string
  readonly count: number
  readonly totalMinor: bigint
}

/** The repositories of this context in a transaction. */
export interface SpendingTransaction {
  readonly categories: CategoryRepository
  readonly expenses: ExpenseRepository
}

/** The queries of this context. */
export interface SpendingReads {
  readonly categories: CategoryQueries
  readonly expenses: ExpenseQueries
}
