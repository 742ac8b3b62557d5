import type { Category, Currency } from '@daftari/domain'
import { z } from 'zod'
import { nameField } from '../../kernel/input/fields.ts'
import { once } from '../../kernel/input/once.ts'
import { pageQuery } from '../../kernel/input/page-query.ts'
import type { Precondition } from '../../kernel/input/precondition.ts'
import { moneyView, recordedJson, recordedView, totalJson } from '../../kernel/input/views.ts'
import type { CategoryUsage } from '../ports.ts'

export const createCategoryInput = z.strictObject({ name: nameField }).meta({ title: 'NewCategory' })
export type CreateCategoryInput = z.input<typeof createCategoryInput>

export const categoryChange = z.strictObject({ name: nameField.optional() }).meta({ title: 'CategoryChange' })

export interface CategoryTarget {
  readonly categoryId: string
  readonly version?: Precondition | undefined
}

export type UpdateCategoryInput = z.input<typeof categoryChange>

export const deleteCategoryQuery = z.strictObject({ mergeInto: z.string().optional() })
export type DeleteCategoryInput = z.input<typeof deleteCategoryQuery>

export const listCategoriesInput = z.strictObject({
  q: z.string().optional(),
  sort: z.enum(['name']).default('name'),
  ...pageQuery,
})
export type ListCategoriesInput = z.input<typeof listCategoriesInput>

export const categoryView = once(() =>
  z
    .object({
      id: z.uuid(),
      version: z.int(),
      name: z.string(),
      expenseCount: z.int(),
      total: moneyView,
      ...recordedView(),
    })
    .meta({ title: 'Category' }),
)
export type CategoryView = Readonly<z.output<ReturnType<typeof categoryView>>>

/** A category as JSON, without computed fields. */
export function categoryRecord(category: Category): Omit<CategoryView, 'expenseCount' | 'total'> {
  const { id, version, name } = category
  return { id, version, name, ...recordedJson(category) }
}

export function categoryJson(category: Category, usage: CategoryUsage, currency: Currency): CategoryView {
  const { id, version, name } = category
  return {
    id,
    version,
    name,
    expenseCount: usage.expenseCount,
    total: totalJson(usage.totalMinor, currency),
    ...recordedJson(category),
  }
}

export const UNUSED: CategoryUsage = { expenseCount: 0, totalMinor: 0n }
