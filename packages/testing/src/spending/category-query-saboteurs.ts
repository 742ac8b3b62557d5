import type { CategoryQueries, CategoryWithUsage, KeysetPage } from '@daftari/application'
import { compareText, foldName, foldWords } from '@daftari/domain'
import { onQueries, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL, ascending } from '../kernel/sabotage/pages.ts'

/** Rounds as a floating-point number does. */
export function rounded(minor: bigint): bigint {
  return BigInt(Number(minor))
}

function listing(list: (queries: CategoryQueries) => CategoryQueries['list']): Saboteur {
  return onQueries('categories', (queries) => ({ list: list(queries) }))
}

function including(rows: readonly CategoryWithUsage[], { after, limit }: KeysetPage): CategoryWithUsage[] {
  return rows
    .filter(({ category: { name } }) => after === null || compareText(foldName(name), after.key) >= 0)
    .slice(0, limit)
}

export const categoryQuerySaboteurs: Saboteurs = {
  'finds null where there is no such category to show': onQueries('categories', (queries) => ({
    find: async (ownerId, id) => (await queries.find(ownerId, id)) ?? (undefined as never),
  })),

  'shows how many expenses use a category and their exact total beyond 2^53': onQueries(
    'categories',
    (queries) => ({
      async find(ownerId, id) {
        const found = await queries.find(ownerId, id)
        return found === null ? null : { ...found, totalMinor: rounded(found.totalMinor) }
      },
    }),
  ),

  'lists every category with the use that is made of it, also of none': listing(
    (queries) => async (ownerId, filter, page) => {
      const rows = await queries.list(ownerId, filter, page)
      return rows.map((row) => ({ ...row, totalMinor: 0n }))
    },
  ),

  'lists by folded name, so that case decides nothing': listing(
    (queries) => async (ownerId, filter, page) =>
      (await queries.list(ownerId, filter, page)).toSorted((one, other) =>
        compareText(one.category.name, other.category.name),
      ),
  ),

  'lists names in code point order, astral characters after all others': listing(
    (queries) => async (ownerId, filter, page) =>
      (await queries.list(ownerId, filter, page)).toSorted((one, other) =>
        ascending(foldName(one.category.name), foldName(other.category.name)),
      ),
  ),

  'goes on behind a name in code point order too, with an astral character behind all others': listing(
    (queries) => async (ownerId, filter, page) =>
      (await queries.list(ownerId, filter, page)).filter(
        ({ category: { name } }) => page.after === null || ascending(foldName(name), page.after.key) > 0,
      ),
  ),

  'walks the pages of categories, losing and doubling none': listing(
    (queries) => async (ownerId, filter, page) => including(await queries.list(ownerId, filter, ALL), page),
  ),

  'finds categories by how their words begin, never by what lies within': listing(
    (queries) =>
      async (ownerId, { words }, page) => {
        const rows = await queries.list(ownerId, { words: [] }, page)
        return rows.filter(({ category }) =>
          words.every((part) => foldWords(category.name).some((word) => word.includes(part))),
        )
      },
  ),

  'finds the categories that all five words fit': listing(
    (queries) =>
      (ownerId, { words }, page) =>
        queries.list(ownerId, { words: words.slice(0, 4) }, page),
  ),
}
