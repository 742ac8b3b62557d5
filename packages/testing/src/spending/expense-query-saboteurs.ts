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

  'finds null where there is no such expense to show': onQueries('expenses', (queries) => ({
    find: async (ownerId, id) => (await queries.find(ownerId, id)) ?? (undefined as never),
  })),

  ...Object.fromEntries(
    SORTS.flatMap((sort) => [
      [`lists expenses by ${sort}, ids in the same direction`, sortingIds(sort, -1)],
      [`walks the pages of expenses by ${sort}, losing and doubling none`, sortingIds(sort, 0)],
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

  'goes on behind a position whose expense is gone': listing(
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

  'finds expenses from a day on, that day included': leavingOut(
    ({ expenseDate }, { from }) => expenseDate === from,
  ),
  'finds expenses up to a day, that day included': leavingOut(
    ({ expenseDate }, { to }) => expenseDate === to,
  ),
  'finds expenses of at least an amount, that amount included': leavingOut(
    ({ amount }, { minMinor }) => amount.amountMinor === minMinor,
  ),
  'finds expenses of at most an amount, that amount included': leavingOut(
    ({ amount }, { maxMinor }) => amount.amountMinor === maxMinor,
  ),

  'finds expenses by how the words of their description begin, never by what lies within': matching(
    ({ description }, words) =>
      words.every((part) => foldWords(description ?? '').some((word) => word.includes(part))),
  ),

  'finds the expenses that all five words fit': asking(({ words }) => ({ words: words.slice(0, 4) })),

  'finds words whatever their case, width and spelling of accents': matching(({ description }, words) => {
    const there = (description ?? '').toLowerCase().split(/[^\p{L}\p{N}]+/u)
    return words.every((start) => there.some((word) => word.startsWith(start)))
  }),

  'finds no expense without a description by words': matching(
    ({ description }, words) =>
      description === null ||
      words.every((start) => foldWords(description).some((word) => word.startsWith(start))),
  ),

  'finds the expenses that all conditions fit at once': asking(({ words, categoryIds, from, to }) => ({
    words: categoryIds.length > 0 && from !== null && to !== null ? [] : words,
  })),
}
