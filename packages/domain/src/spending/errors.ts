import { counted, type ErrorMessages } from '../kernel/errors/error-messages.ts'

export interface SpendingErrors {
  readonly category_name_taken: { readonly name: string }
  readonly category_in_use: { readonly expenseCount: number }
  readonly category_limit_reached: { readonly limit: number }
  readonly merge_too_large: { readonly expenseCount: number; readonly limit: number }
  readonly category_not_found: { readonly categoryId: string; readonly pointer?: string }
}

export const spendingMessages: ErrorMessages<SpendingErrors> = {
  category_name_taken: ({ name }) => `Another category is already called "${name}".`,
  category_in_use: ({ expenseCount }) => `The category is used by ${counted(expenseCount, 'expense')}.`,
  category_limit_reached: ({ limit }) =>
    `The limit of ${counted(limit, 'category', 'categories')} is reached. Delete or merge categories, or raise maxCategories in the settings.`,
  merge_too_large: ({ expenseCount, limit }) =>
    `The category has ${counted(expenseCount, 'expense')}, but a merge moves at most ${limit}. Move some of them first.`,
  category_not_found: ({ categoryId }) => `There is no category ${categoryId}.`,
}
