import { EVENT_TYPES, type FeedEntry, type FeedPage, type FeedQueries } from '@daftari/application'
import { onQueriesKnowing } from '../kernel/sabotage/constraints.ts'
import type { Ledger } from '../kernel/sabotage/ledger.ts'
import { onQueries, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { turnedRound } from './event-saboteurs.ts'

const WHOLE: FeedPage = { after: null, types: EVENT_TYPES, limit: 100_000 }

/** A feed whose positions are the ids of its events. */
function byEventId(queries: FeedQueries): FeedQueries['list'] {
  return async (ownerId, { after, types, limit }) => {
    const entries = await queries.list(ownerId, { ...WHOLE, types })
    return entries
      .map(({ record }) => ({ position: record.id, record }))
      .filter(({ position }) => after === null || position > after)
      .sort((one, other) => (one.position < other.position ? -1 : 1))
      .slice(0, limit)
  }
}

/** Behind a position, tells only of transactions that had begun when the feed was first read. */
function frozen(queries: FeedQueries, ledger: Ledger): FeedQueries['list'] {
  let begun: number | null = null
  return async (ownerId, page) => {
    const whole = (await queries.list(ownerId, WHOLE)).map(({ position }) => position)
    begun ??= whole.length + ledger.underWay.size
    const known = new Set(whole.slice(0, begun))
    const entries = await queries.list(ownerId, page)
    return page.after === null ? entries : entries.filter(({ position }) => known.has(position))
  }
}

function doubling(entries: readonly FeedEntry[], limit: number): readonly FeedEntry[] {
  const [last, before] = entries.toReversed()
  if (entries.length < limit || last === undefined || before === undefined) return entries
  return [...entries.slice(0, -1), { ...last, position: before.position }]
}

export const feedSaboteurs: Saboteurs = {
  'lists events oldest first, including those of one transaction': onQueriesKnowing(
    'feed',
    (queries, ledger) => ({
      async list(ownerId, page) {
        const entries = await queries.list(ownerId, page)
        const records = turnedRound(
          ledger,
          entries.map(({ record }) => record),
        )
        return entries.map((entry, index) => ({ ...entry, record: records[index] ?? entry.record }))
      },
    }),
  ),

  'lists the same records as the history': onQueries('feed', (queries) => ({
    list: async (ownerId, page) =>
      (await queries.list(ownerId, page)).map(({ position, record }) => ({
        position,
        record: { ...record, body: `${record.body} ` },
      })),
  })),

  'continues exactly after a position': onQueries('feed', (queries) => ({
    list: async (ownerId, page) => doubling(await queries.list(ownerId, page), page.limit),
  })),

  'lists the requested types and no others, page by page': onQueries('feed', (queries) => ({
    list: (ownerId, page) =>
      queries.list(ownerId, page.after === null ? page : { ...page, types: EVENT_TYPES }),
  })),

  'lists events that are committed later after every position that was given before': onQueriesKnowing(
    'feed',
    (queries, ledger) => ({ list: frozen(queries, ledger) }),
  ),

  'lists an event that was sent early and committed late after a position that was given in between':
    onQueries('feed', (queries) => ({ list: byEventId(queries) })),

  'has the same epoch for every owner, before and after writes': onQueriesKnowing(
    'feed',
    (queries, ledger) => ({
      epoch: async () => `${await queries.epoch()} ${ledger.stored.length}`,
    }),
  ),

  'lists nothing for an owner without events, at every call': onQueriesKnowing('feed', (queries, ledger) => ({
    async list(ownerId, page) {
      if (ledger.stored.length === 0) throw new RangeError('there is no first event')
      return queries.list(ownerId, page)
    },
  })),
}
