import type { ExpenseFilter, ExpenseQueries, ExpenseSort } from '@daftari/application'
import type { Expense } from '@daftari/domain'
import { foldWords } from '@daftari/domain'
import { onQueries, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { ALL, ascending, repaged } from '../kernel/sabotage/pages.ts'
import { toTheSecond } from './category-saboteurs.ts'

const SORTS: readonly ExpenseSort[] = ['expenseDate', '-expenseDate', 'amount', '-amount']

type Key = string | bigint | number

function listing(list: (queries: ExpenseQueries) => ExpenseQueries['list']): Saboteur {
  return onQueries('expenses', (queries) => ({ list: list(queries) }))
}

/** Reads the list as if something else had been asked for. */
function asking(change: (filter: ExpenseFilter) => Partial<ExpenseFilter>): Saboteur {
  return listing(
    (queries) => (ownerId, filter, sort, page) =>
      queries.list(ownerId, { ...filter, ...change(filter) }, sort, page),
  )
}

/** Leaves some of what was found out. */
function leavingOut(isLeftOut: (expense: Expense, filter: ExpenseFilter) => boolean): Saboteur {
  return listing(
    (queries) => async (ownerId, filter, sort, page) =>
      (await queries.list(ownerId, filter, sort, page)).filter((expense) => !isLeftOut(expense, filter)),
  )
}

/** Compares words in its own way. */
function matching(isMatch: (expense: Expense, words: readonly string[]) => boolean): Saboteur {
  return listing((queries) => async (ownerId, filter, sort, page) => {
    if (filter.words.length === 0) return queries.list(ownerId, filter, sort, page)
    const found = await queries.list(ownerId, { ...filter, words: [] }, sort, page)
    return found.filter((expense) => isMatch(expense, filter.words))
  })
}

function keyOf({ expenseDate, amount }: Expense, sort: ExpenseSort): Key {
  return sort.endsWith('Date') ? expenseDate : amount.amountMinor
}

/** One sort with another order of ids, which it also pages by: -1 turns them round, 0 forgets them. */
function sortingIds(broken: ExpenseSort, ids: -1 | 0): Saboteur {
  const sign = broken.startsWith('-') ? -1 : 1
  return listing((queries) => async (ownerId, filter, sort, page) => {
    if (sort !== broken) return queries.list(ownerId, filter, sort, page)
    return repaged<Expense, Key>(
      await queries.list(ownerId, filter, sort, ALL),
      (expense) => ({ key: keyOf(expense, sort), id: expense.id }),
      (key) => (sort.endsWith('Date') ? key : BigInt(key)),
      (one, other) => sign * (ascending(one.key, other.key) || ids * ascending(one.id, other.id)),
      page,
    )
  })
}

export const expenseQuerySaboteurs: Saboteurs = {
  'shows an expense as it was stored, to the millisecond': onQueries('expenses', (queries) => ({
    async find(ownerId, id) {
      const found = await queries.find(ownerId, id)
      return found === null ? null : { ...found, createdAt: toTheSecond(found.createdAt) }
    },
  })),

  'gives null for an expense that does not exist, outside a transaction': onQueries(
    'expenses',
    (queries) => ({
      find: async (ownerId, id) => (await queries.find(ownerId, id)) ?? (undefined as never),
    }),
  ),

  ...Object.fromEntries(
    SORTS.flatMap((sort) => [
      [`lists expenses by ${sort}, ids in the same direction`, sortingIds(sort, -1)],
      [`walks the pages of expenses by ${sort}, without gaps or duplicates`, sortingIds(sort, 0)],
    ]),
  ),

  'sorts and pages amounts beyond 2^53 exactly': listing((queries) => async (ownerId, filter, sort, page) => {
    if (sort !== 'amount') return queries.list(ownerId, filter, sort, page)
    return repaged(
      await queries.list(ownerId, filter, sort, ALL),
      ({ id, amount }) => ({ key: Number(amount.amountMinor), id }),
      Number,
      (one, other) => ascending(one.key, other.key) || ascending(one.id, other.id),
      page,
    )
  }),

  'continues after the position of a deleted expense': listing(
    (queries) => async (ownerId, filter, sort, page) => {
      const { after, limit } = page
      const rows = await queries.list(ownerId, filter, sort, ALL)
      const start = after === null ? 0 : rows.findIndex(({ id }) => id === after.id) + 1
      return rows.slice(start, start + limit)
    },
  ),

  'finds the expenses of several categories': asking(({ categoryIds }) => ({
    categoryIds: categoryIds.slice(0, 1),
  })),

  'finds expenses from a day on, inclusive': leavingOut(({ expenseDate }, { from }) => expenseDate === from),
  'finds expenses up to a day, inclusive': leavingOut(({ expenseDate }, { to }) => expenseDate === to),
  'finds expenses from an amount on, inclusive': leavingOut(
    ({ amount }, { minMinor }) => amount.amountMinor === minMinor,
  ),
  'finds expenses up to an amount, inclusive': leavingOut(
    ({ amount }, { maxMinor }) => amount.amountMinor === maxMinor,
  ),

  'finds expenses by the beginning of words of their description, not by the middle': matching(
    ({ description }, words) =>
      words.every((part) => foldWords(description ?? '').some((word) => word.includes(part))),
  ),

  'finds the expenses that match all five words': asking(({ words }) => ({ words: words.slice(0, 4) })),

  'finds words in any case, width and encoding of accents': matching(({ description }, words) => {
    const there = (description ?? '').toLowerCase().split(/[^\p{L}\p{N}]+/u)
    return words.every((start) => there.some((word) => word.startsWith(start)))
  }),

  'finds no expense without a description when searching words': matching(
    ({ description }, words) =>
      description === null ||
      words.every((start) => foldWords(description).some((word) => word.startsWith(start))),
  ),

  'finds the expenses that match all conditions together': asking(({ words, categoryIds, from, to }) => ({
    words: categoryIds.length > 0 && from !== null && to !== null ? [] : words,
  })),
}
