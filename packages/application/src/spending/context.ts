import type { CategoryEvent, ExpenseEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { categoryRecord, categoryView } from './category/category-shapes.ts'
import { categoryEvents, expenseEvents } from './example-events.ts'
import { expenseRecord, expenseView } from './expense/expense-shapes.ts'
import type { SpendingReads, SpendingTransaction } from './ports.ts'

interface SpendingTypes {
  readonly event: CategoryEvent | ExpenseEvent
  readonly transaction: SpendingTransaction
  readonly reads: SpendingReads
}

/** Expenses and their categories. */
export const spending = {
  types: typesOf<SpendingTypes>(),
  aggregates: {
    category: {
      record: categoryRecord,
      hasHistory: true,
      published: {
        recordView: () => categoryView().omit({ expenseCount: true, total: true }),
        events: {
          'category.created': 'creates',
          'category.updated': 'changes',
          'category.deleted': 'deletes',
        },
        examples: categoryEvents,
      },
    },
    expense: {
      record: expenseRecord,
      hasHistory: true,
      published: {
        recordView: () => expenseView(),
        events: {
          'expense.created': 'creates',
          'expense.updated': 'changes',
          'expense.deleted': 'deletes',
        },
        examples: expenseEvents,
      },
    },
  },
  errors: {
    category_name_taken: {
      status: 'conflict',
      title: 'The category name is taken',
      remedy:
        'Use the category that has the name, or choose another name. Case, width and spaces do not count.',
      details: ['name'],
    },
    category_in_use: {
      status: 'conflict',
      title: 'The category is in use',
      remedy: 'Name another category to merge it into, or move its expenses first.',
      details: ['expenseCount'],
    },
    category_limit_reached: {
      status: 'conflict',
      title: 'The limit of categories is reached',
      remedy: 'Delete or merge categories, or raise `maxCategories` in the settings.',
      details: ['limit'],
    },
    merge_too_large: {
      status: 'conflict',
      title: 'Too many expenses to merge',
      remedy: 'Move some of the expenses to the other category first.',
      details: ['expenseCount', 'limit'],
    },
    category_not_found: {
      status: 'invalid',
      title: 'The category does not exist',
      remedy: 'Use the id of an existing category of the same owner.',
      details: ['categoryId', 'pointer'],
      pointer: '/categoryId',
    },
  },
} as const satisfies Context<SpendingTypes>
