import type { Category, CategoryId, Expense, ExpenseId, LocalDate } from '@daftari/domain'
import type { KeysetPage } from '../kernel/ports.ts'

/** `update` and `delete` carry the version that was read; a stale one makes `transact` throw `concurrent_change`. */
export interface CategoryRepository {
  /** All categories of the owner; no other transaction adds or renames one until this one ends. */
  lockAll(): Promise<readonly Category[]>
  find(id: CategoryId): Promise<Category | null>
  /** The categories among `ids` that exist, each once though it be named twice, in no promised order. */
  findMany(ids: readonly CategoryId[]): Promise<readonly Category[]>
  /** A name whose folded form is taken makes `transact` throw `category_name_taken`. */
  insert(category: Category): void
  /** As `insert`, of names. */
  update(category: Category, expectedVersion: number): void
  /** A category that expenses still use is never removed: `transact` throws `category_in_use`. */
  delete(category: Category): void
}

export interface ExpenseRepository {
  find(id: ExpenseId): Promise<Expense | null>
  /** Every expense filed under the category, oldest id first, `limit` at most. */
  listByCategory(categoryId: CategoryId, limit: number): Promise<readonly Expense[]>
  /** How many expenses use the category, and what they add up to. */
  usageOf(categoryId: CategoryId): Promise<CategoryUsage>
  /** Whether the owner has any expense. */
  exist(): Promise<boolean>
  /** A category that is not the owner's makes `transact` throw `category_not_found`. */
  insert(expense: Expense): void
  /** As `insert`, of categories. */
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
  /** By folded name in code point order, then id. `words`: each begins a word of the folded name. */
  list(ownerId: string, filter: CategoryFilter, page: KeysetPage): Promise<readonly CategoryWithUsage[]>
}

export interface CategoryFilter {
  readonly words: readonly string[]
}

export interface ExpenseQueries {
  find(ownerId: string, id: string): Promise<Expense | null>
  /** Ids rise and fall with the key they follow. Sort keys: the date, or the amount in minor units. */
  list(
    ownerId: string,
    filter: ExpenseFilter,
    sort: ExpenseSort,
    page: KeysetPage,
  ): Promise<readonly Expense[]>
  /** Exactly one row for each category, month or day that has expenses, in no promised order. */
  summarise(
    ownerId: string,
    filter: ExpenseFilter,
    groupBy: ExpenseGrouping,
  ): Promise<readonly ExpenseGroup[]>
}

/** All conditions hold together; bounds are included; `null` or an empty list asks for nothing. */
export interface ExpenseFilter {
  readonly categoryIds: readonly string[]
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly minMinor: bigint | null
  readonly maxMinor: bigint | null
  /** Each begins a folded word of the description. */
  readonly words: readonly string[]
}

export type ExpenseSort = 'expenseDate' | '-expenseDate' | 'amount' | '-amount'
export type ExpenseGrouping = 'category' | 'month' | 'day'

export interface ExpenseGroup {
  /** The category's id, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly key: string
  /** The category's name, else the key. */
  readonly label: string
  readonly count: number
  readonly totalMinor: bigint
}

/** What a transaction has of this context. */
export interface SpendingTransaction {
  readonly categories: CategoryRepository
  readonly expenses: ExpenseRepository
}

/** What can be read of this context. */
export interface SpendingReads {
  readonly categories: CategoryQueries
  readonly expenses: ExpenseQueries
}
