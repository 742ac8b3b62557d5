import type { Instant } from '../../kernel/calendar/instant.ts'
import { DomainError } from '../../kernel/errors/domain-error.ts'
import { type Decision, unchanged } from '../../kernel/events/decision.ts'
import { created, deleted, type Fact, updated } from '../../kernel/events/fact.ts'
import { firstVersion, nextVersion, type Recorded } from '../../kernel/identity/recorded.ts'
import { foldName } from '../../kernel/text/fold-name.ts'
import type { CategoryId } from '../ids.ts'

/** A category of spending. No two categories of an owner have names with the same folded form. */
export interface Category extends Recorded {
  readonly id: CategoryId
  readonly name: string
}

export type CategoryEvent = Fact<
  'category.created' | 'category.updated' | 'category.deleted',
  'category',
  Category
>

export interface NewCategory {
  readonly id: CategoryId
  readonly name: string
  readonly at: Instant
  readonly by: string
}

/** Creates a category. @throws category_limit_reached, category_name_taken */
export function createCategory(
  { id, name, at, by }: NewCategory,
  existing: readonly Category[],
  maxCategories: number,
): Decision<Category, CategoryEvent> {
  refuseTakenName(name, existing)
  if (existing.length >= maxCategories) {
    throw new DomainError('category_limit_reached', { limit: maxCategories })
  }
  const state: Category = { id, name, ...firstVersion(at, by) }
  return { state, events: [created('category.created', 'category', state)] }
}

/** Renames a category. @throws category_name_taken */
export function renameCategory(
  category: Category,
  name: string,
  existing: readonly Category[],
  at: Instant,
): Decision<Category, CategoryEvent> {
  if (name === category.name) return unchanged(category)
  refuseTakenName(
    name,
    existing.filter((other) => other.id !== category.id),
  )
  const state = nextVersion({ ...category, name }, at)
  return { state, events: [updated('category.updated', 'category', category, state)] }
}

/** Deletes a category that has no expenses. @throws category_in_use */
export function deleteCategory(category: Category, expenseCount: number, at: Instant): CategoryEvent {
  if (expenseCount > 0) throw new DomainError('category_in_use', { expenseCount })
  return deleted('category.deleted', 'category', category, at)
}

function refuseTakenName(name: string, others: readonly Category[]): void {
  const key = foldName(name)
  const twin = others.find((other) => foldName(other.name) === key)
  if (twin !== undefined) throw new DomainError('category_name_taken', { name: twin.name })
}
