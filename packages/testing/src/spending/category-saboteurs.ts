import { type Category, foldName, type Instant, instant } from '@daftari/domain'
import { accepting, called, calledOnly, onQueriesKnowing, refusing } from '../kernel/sabotage/constraints.ts'
import type { Ledger } from '../kernel/sabotage/ledger.ts'
import type { Saboteurs } from '../kernel/sabotage/overlay.ts'
import { overlay } from '../kernel/sabotage/overlay.ts'
import { ALL } from '../kernel/sabotage/pages.ts'
import { onRepository, onTransactions } from '../kernel/sabotage/transactions.ts'
import { blindTo, lastWins } from '../kernel/sabotage/versions.ts'

export function toTheSecond(moment: Instant): Instant {
  return instant(moment - (moment % 1_000))
}

/** The names that the owner's categories have or had, by id. */
function names(ledger: Ledger, ownerId: string): readonly Category[] {
  return [
    ...ledger.given<Category>('categories.insert', ownerId),
    ...ledger.given<Category>('categories.update', ownerId),
  ]
}

export const categorySaboteurs: Saboteurs = {
  'finds a category as it was stored, to the millisecond': onRepository('categories', (categories) => ({
    async find(id) {
      const found = await categories.find(id)
      return found === null ? null : { ...found, createdAt: toTheSecond(found.createdAt) }
    },
  })),

  'gives null for a category that does not exist': onRepository('categories', (categories) => ({
    find: async (id) => (await categories.find(id)) ?? (undefined as never),
  })),

  'finds a category that the same transaction staged': onRepository(
    'categories',
    (categories, _, { ownerId }, { queries }) => ({
      async find(id) {
        await categories.find(id)
        return (await queries.categories.find(ownerId, id))?.category ?? null
      },
    }),
  ),

  'finds those of many ids that exist, each once': onRepository('categories', (categories) => ({
    async findMany(ids) {
      const found = await categories.findMany(ids)
      return ids.flatMap((id) => found.filter((category) => category.id === id))
    },
  })),

  'locks and returns all categories, including staged ones': onTransactions(() => {
    const staged = new Set<string>()
    return {
      wrap: ({ categories }) => ({
        categories: overlay(categories, {
          insert(category) {
            staged.add(category.id)
            categories.insert(category)
          },
          lockAll: async () => (await categories.lockAll()).filter(({ id }) => !staged.has(id)),
        }),
      }),
    }
  }),

  'keeps a limit under twenty concurrent creations, because only the holder of the lock can add (F19)':
    onTransactions(({ ownerId }, { queries }) => {
      const staged: Category[] = []
      return {
        wrap: ({ categories }) => ({
          categories: overlay(categories, {
            insert(category) {
              staged.push(category)
              categories.insert(category)
            },
            async lockAll() {
              const found = await queries.categories.list(ownerId, { words: [] }, ALL)
              return [...found.map(({ category }) => category), ...staged]
            },
          }),
        }),
      }
    }),

  'stores an update': onRepository('categories', (categories) => ({
    update: (category, version) => categories.update({ ...category, updatedAt: category.createdAt }, version),
  })),

  'deletes a category for good': onQueriesKnowing('categories', (queries, ledger) => ({
    async find(ownerId, id) {
      const deleted = ledger
        .given<Category>('categories.delete', ownerId)
        .find((one) => one.id === id && one.version === 1)
      const found = await queries.find(ownerId, id)
      return found ?? (deleted === undefined ? null : { category: deleted, expenseCount: 0, totalMinor: 0n })
    },
  })),

  'refuses a new name with a folded form that is taken (F68)': accepting(
    'category_name_taken',
    (trace, ledger) =>
      !trace.isContended &&
      calledOnly(trace, 'categories.insert') &&
      called<Category>(trace, 'categories.insert', ({ name }) =>
        names(ledger, trace.ownerId).every((other) => other.name !== name),
      ),
  ),

  'refuses to rename a category to a name with a folded form that is taken': accepting(
    'category_name_taken',
    (trace) => called(trace, 'categories.update'),
  ),

  'lets a category change the spelling of its own name': refusing(
    'category_name_taken',
    { name: 'its own' },
    (trace, ledger) =>
      called<Category>(trace, 'categories.update', ({ id, name }) =>
        names(ledger, trace.ownerId).some(
          (other) => other.id === id && other.name !== name && foldName(other.name) === foldName(name),
        ),
      ),
  ),

  'accepts one of two categories that take the same name concurrently': accepting(
    'category_name_taken',
    ({ isContended }) => isContended,
  ),

  'frees a name when its category is deleted': refusing(
    'category_name_taken',
    { name: 'a deleted one' },
    (trace, ledger) =>
      called<Category>(trace, 'categories.insert', ({ name }) =>
        ledger
          .given<Category>('categories.delete', trace.ownerId)
          .some((deleted) => foldName(deleted.name) === foldName(name)),
      ),
  ),

  'refuses to update a category with a stale version': blindTo('categories', 'update', 'stale'),
  'refuses to update a deleted category': blindTo('categories', 'update', 'gone'),
  'lets one of two transactions change the version of a category that both read (F16)': lastWins(
    'categories',
    'update',
  ),
  'refuses to delete a category with a stale version': blindTo('categories', 'delete', 'stale'),
  'refuses to delete a category a second time (F17)': blindTo('categories', 'delete', 'gone'),

  'refuses to delete a category that has expenses (F18)': accepting(
    'category_in_use',
    ({ isContended }) => !isContended,
  ),

  'leaves no expense without a category when a category is deleted while an expense is added to it (F18)':
    accepting(['category_in_use', 'category_not_found'], ({ isContended }) => isContended),
}
