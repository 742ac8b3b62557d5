import { NOWHERE, type StartedBooks, TODAY, tzs } from '../support/open-books.ts'
import { type Act, forged, type RefusalCases, unknownParameter } from './refusal-case.ts'

export const categoryRefusals: RefusalCases = {
  'spending/category/create-category.ts': {
    validation_failed: ({ books, scope }) => books.categories.create(scope, { name: ' ' }),
    category_name_taken: ({ books, scope }) => books.categories.create(scope, { name: 'USAFIRI' }),
    category_limit_reached: {
      given: atMost(2),
      act: ({ books, scope }) => books.categories.create(scope, { name: 'Kodi' }),
    },
  },
  'spending/category/create-categories.ts': {
    validation_failed: ({ books, scope }) => books.categories.createMany(scope, { items: [{ name: '' }] }),
    category_name_taken: ({ books, scope }) =>
      books.categories.createMany(scope, { items: [{ name: 'Kodi' }, { name: 'usafiri' }] }),
    category_limit_reached: {
      given: atMost(3),
      act: ({ books, scope }) =>
        books.categories.createMany(scope, { items: [{ name: 'Kodi' }, { name: 'Umeme' }] }),
    },
  },
  'spending/category/get-category.ts': {
    not_found: ({ books, scope }) => books.categories.get(scope, { categoryId: NOWHERE }),
  },
  'spending/category/list-categories.ts': {
    invalid_query: ({ books, scope }) => books.categories.list(scope, unknownParameter),
    invalid_cursor: ({ books, scope }) => books.categories.list(scope, forged),
  },
  'spending/category/update-category.ts': {
    not_found: ({ books, scope }) =>
      books.categories.update(scope, { categoryId: NOWHERE, version: 1 }, { name: 'Kodi' }),
    precondition_required: ({ books, scope, food }) =>
      books.categories.update(scope, { categoryId: food.id }, { name: 'Kodi' }),
    concurrent_change: ({ books, scope, food }) =>
      books.categories.update(scope, { categoryId: food.id, version: 2 }, { name: 'Kodi' }),
    validation_failed: ({ books, scope, food }) =>
      books.categories.update(scope, { categoryId: food.id, version: 1 }, { name: '' }),
    category_name_taken: ({ books, scope, food }) =>
      books.categories.update(scope, { categoryId: food.id, version: 1 }, { name: 'usafiri' }),
  },
  'spending/category/delete-category.ts': {
    invalid_query: ({ books, scope, food }) =>
      books.categories.delete(scope, { categoryId: food.id, version: 1 }, unknownParameter),
    not_found: ({ books, scope }) => books.categories.delete(scope, { categoryId: NOWHERE, version: 1 }),
    precondition_required: ({ books, scope, food }) =>
      books.categories.delete(scope, { categoryId: food.id }),
    concurrent_change: ({ books, scope, food }) =>
      books.categories.delete(scope, { categoryId: food.id, version: 2 }),
    category_not_found: ({ books, scope, transport }) =>
      books.categories.delete(scope, { categoryId: transport.id, version: 1 }, { mergeInto: NOWHERE }),
    category_in_use: ({ books, scope, transport }) =>
      books.categories.delete(scope, { categoryId: transport.id, version: 1 }),
    merge_too_large: {
      given: tenThousandFares,
      act: ({ books, scope, transport, food }) =>
        books.categories.delete(scope, { categoryId: transport.id, version: 1 }, { mergeInto: food.id }),
    },
  },
}

function atMost(maxCategories: number): Act {
  return ({ books, scope }) => books.settings.update(scope, { version: '*' }, { maxCategories })
}

/** Beside the one there is. */
async function tenThousandFares({ books, scope, transport }: StartedBooks): Promise<void> {
  const items = Array.from({ length: 1_000 }, () => ({
    amount: tzs('1'),
    categoryId: transport.id,
    expenseDate: TODAY,
  }))
  for (let batch = 0; batch < 10; batch += 1) await books.expenses.createMany(scope, { items })
}
