import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { createCategories } from './category/create-categories.ts'
import { createCategory } from './category/create-category.ts'
import { deleteCategory } from './category/delete-category.ts'
import { getCategory } from './category/get-category.ts'
import { listCategories } from './category/list-categories.ts'
import { updateCategory } from './category/update-category.ts'
import { createExpense } from './expense/create-expense.ts'
import { createExpenses } from './expense/create-expenses.ts'
import { deleteExpense } from './expense/delete-expense.ts'
import { exportExpenses } from './expense/export-expenses.ts'
import { getExpense } from './expense/get-expense.ts'
import { importExpenses } from './expense/import-expenses.ts'
import { listExpenses } from './expense/list-expenses.ts'
import { summariseExpenses } from './expense/summarise-expenses.ts'
import { updateExpense } from './expense/update-expense.ts'

export function spendingUseCases(deps: UseCaseDeps, { read, change, write }: UseCaseKinds) {
  return {
    categories: Object.freeze({
      create: write('categories.create', createCategory(deps)),
      createMany: write('categories.createMany', createCategories(deps)),
      get: read(getCategory(deps)),
      list: read(listCategories(deps)),
      update: change('categories.update', updateCategory(deps)),
      delete: change('categories.delete', deleteCategory(deps)),
    }),
    expenses: Object.freeze({
      create: write('expenses.create', createExpense(deps)),
      createMany: write('expenses.createMany', createExpenses(deps)),
      get: read(getExpense(deps)),
      list: read(listExpenses(deps)),
      update: change('expenses.update', updateExpense(deps)),
      delete: change('expenses.delete', deleteExpense(deps)),
      summarise: read(summariseExpenses(deps)),
      export: read(exportExpenses(deps)),
      import: write('expenses.import', importExpenses(deps)),
    }),
  }
}
