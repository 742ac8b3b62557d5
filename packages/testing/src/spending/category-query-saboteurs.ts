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
  'gives null for a category that does not exist, outside a transaction': onQueries(
    'categories',
    (queries) => ({
      find: async (ownerId, id) => (await queries.find(ownerId, id)) ?? (undefined as never),
    }),
  ),

  'shows the number of expenses of a category and their exact total beyond 2^53': onQueries(
    'categories',
    (queries) => ({
      async find(ownerId, id) {
        const found = await queries.find(ownerId, id)
        return found === null ? null : { ...found, totalMinor: rounded(found.totalMinor) }
      },
    }),
  ),

  'lists every category with its usage, including unused ones': listing(
    (queries) => async (ownerId, filter, page) => {
      const rows = await queries.list(ownerId, filter, page)
      return rows.map((row) => ({ ...row, totalMinor: 0n }))
    },
  ),

  'lists by folded name, ignoring case': listing(
    (queries) => async (ownerId, filter, page) =>
      (await queries.list(ownerId, filter, page)).toSorted((one, other) =>
        compareText(one.category.name, other.category.name),
      ),
  ),

  'lists names in code point order, with astral characters last': listing(
    (queries) => async (ownerId, filter, page) =>
      (await queries.list(ownerId, filter, page)).toSorted((one, other) =>
        ascending(foldName(one.category.name), foldName(other.category.name)),
      ),
  ),

  'continues after a name in code point order, with astral characters last': listing(
    (queries) => async (ownerId, filter, page) =>
      (await queries.list(ownerId, filter, page)).filter(
        ({ category: { name } }) => page.after === null || ascending(foldName(name), page.after.key) > 0,
      ),
  ),

  'walks the pages of categories, without gaps or duplicates': listing(
    (queries) => async (ownerId, filter, page) => including(await queries.list(ownerId, filter, ALL), page),
  ),

  'finds categories by the beginning of their words, not by the middle': listing(
    (queries) =>
      async (ownerId, { words }, page) => {
        const rows = await queries.list(ownerId, { words: [] }, page)
        return rows.filter(({ category }) =>
          words.every((part) => foldWords(category.name).some((word) => word.includes(part))),
        )
      },
  ),

  'finds the categories that match all five words': listing(
    (queries) =>
      (ownerId, { words }, page) =>
        queries.list(ownerId, { words: words.slice(0, 4) }, page),
  ),
}
