import type { PostgresAdapters } from '@daftari/adapters-postgres'
import type { ExpenseFilter } from '@daftari/application'
import { type LocalDate, URGENCY_LEVELS } from '@daftari/domain'
import { PLACES, RARE_WORD, THINGS } from '../books/plan.ts'
import type { ReadBooks } from './shelf.ts'

export type View = (turn: number) => Promise<readonly unknown[]>

const LIMIT = 50
const EVERY: ExpenseFilter = {
  categoryIds: [],
  from: null,
  to: null,
  minMinor: null,
  maxMinor: null,
  words: [],
}
const MONTH = { ...EVERY, from: '2024-10-01' as LocalDate, to: '2024-10-31' as LocalDate }

export function firstPages({ adapters, places }: ReadBooks): View {
  return (turn) => page(adapters, places[turn % places.length]?.ownerId ?? '', null)
}

export function deepPages({ adapters, places }: ReadBooks): View {
  return (turn) => {
    const { ownerId = '', after = null } = places[turn % places.length] ?? {}
    return page(adapters, ownerId, after)
  }
}

export function firstPageOfLarge({ adapters, largeOwnerId }: ReadBooks): View {
  return () => page(adapters, largeOwnerId, null)
}

export function deepPageOfLarge({ adapters, largePlace: { ownerId, after } }: ReadBooks): View {
  return () => page(adapters, ownerId, after)
}

function page(
  { queries }: PostgresAdapters,
  ownerId: string,
  after: ReadBooks['largePlace']['after'] | null,
  filter: ExpenseFilter = EVERY,
): Promise<readonly unknown[]> {
  return queries.expenses.list(ownerId, filter, '-expenseDate', { after, limit: LIMIT })
}

export function monthOfLarge({ largeOwnerId }: ReadBooks, { queries }: PostgresAdapters): View {
  return () => queries.expenses.summarise(largeOwnerId, MONTH, 'category')
}

/** What is searched for: each kind has its own way to be slow. */
const SEARCHES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'a common word': [...THINGS, ...PLACES].map((word) => [word.toLowerCase()]),
  'the beginning of a word': [['j'], ['9'], ['ka'], ['ri'], ['m'], ['482']],
  'a rare word': [[RARE_WORD], ['48213'], ['jener'], ['104857']],
  'common words': [
    ...THINGS.map((thing, at) => [thing, (PLACES[at % PLACES.length] ?? '').toLowerCase().slice(0, 3)]),
    ...[
      ['nauli', 'basi', 'kariakoo'],
      ['ri', '77'],
      ['posho', 'risiti', '1', 'm', 'k'],
    ],
  ],
  'a rare word and common ones': [
    [RARE_WORD, 'basi'],
    ['nauli', RARE_WORD, 'risiti'],
    ['48213', 'risiti'],
  ],
  'words that are nowhere together': [['nauli', 'posho'], ['meza', 'viti'], ['hakuna'], ['risiti', 'hakuna']],
}

/** As many words as there may be, of which each alone fits a great part of the books. */
const MOST_BEGINNINGS = [
  ['posho', 'risiti', '1', 'm', 'k'],
  ['m', 'n', 'k', 'r', '1'],
]

function searching(
  { adapters, largeOwnerId }: ReadBooks,
  words: readonly string[] | undefined,
): Promise<readonly unknown[]> {
  return page(adapters, largeOwnerId, null, { ...EVERY, words: words ?? [] })
}

/** Every kind as often as every other. */
export function mixedSearches(books: ReadBooks): View {
  const kinds = Object.values(SEARCHES)
  return (turn) => {
    const kind = kinds[turn % kinds.length] ?? []
    return searching(books, kind[Math.floor(turn / kinds.length) % kind.length])
  }
}

export function searchesByKind(books: ReadBooks): Readonly<Record<string, View>> {
  const kinds = Object.entries({ ...SEARCHES, 'five beginnings of common words': MOST_BEGINNINGS })
  return Object.fromEntries(
    kinds.map(([name, kind]): [string, View] => [name, (turn) => searching(books, kind[turn % kind.length])]),
  )
}

const DAY = { today: '2024-12-31' as LocalDate, days: { critical: 7, high: 14, medium: 30 } }

/** What has no target of its own. */
export function otherViews({
  adapters: { queries },
  largeOwnerId,
}: ReadBooks): Readonly<Record<string, View>> {
  const all = { statuses: [], levels: [], isOverdue: null, numberKey: null, dueFrom: null, dueTo: null }
  const none = { ...all, supplierWords: [], words: [] }
  const first = { after: null, limit: LIMIT }
  return {
    'categories of the large owner': () => queries.categories.list(largeOwnerId, { words: [] }, first),
    'invoices by due date': () => queries.invoices.list(largeOwnerId, none, 'dueDate', first, DAY),
    'invoices by urgency': () => queries.invoices.list(largeOwnerId, none, 'urgency', first, DAY),
    'invoices that are high': () =>
      queries.invoices.list(
        largeOwnerId,
        { ...none, levels: URGENCY_LEVELS.slice(2, 3) },
        'urgency',
        first,
        DAY,
      ),
    'invoices of a supplier': () =>
      queries.invoices.list(
        largeOwnerId,
        { ...none, supplierWords: ['kilimo', 'tr'] },
        'dueDate',
        first,
        DAY,
      ),
    'sums of open invoices': () => queries.invoices.summarise(largeOwnerId, DAY),
  }
}
