import type { AggregateType, DomainEvent, EventRecord, TransactionScope } from '@daftari/application'
import { DomainError, isDomainError } from '@daftari/domain'
import { accepting, called, onQueriesKnowing, watching } from '../kernel/sabotage/constraints.ts'
import { sortedJson } from '../kernel/sabotage/json.ts'
import type { Ledger } from '../kernel/sabotage/ledger.ts'
import { onQueries, overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onTransactions } from '../kernel/sabotage/transactions.ts'
import { toTheSecond } from '../spending/category-saboteurs.ts'

function listing(change: (record: EventRecord) => EventRecord): Saboteur {
  return onQueries('history', (queries) => ({
    list: async (...asked) => (await queries.list(...asked)).map(change),
  }))
}

/** Keeps the events of one kind of aggregate as JSON instead of text. */
function reordering(kind: AggregateType): Saboteur {
  return listing((record) =>
    record.aggregateType === kind ? { ...record, body: sortedJson(record.body) } : record,
  )
}

/** Writes every sign outside ASCII as an escape. */
function escaped(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function computedToo({ body, ...record }: EventRecord): EventRecord {
  const envelope = JSON.parse(body)
  const { after } = envelope.data
  if (after?.payments?.length > 0) after.paid = after.payments[0].amount
  return { ...record, body: JSON.stringify(envelope) }
}

export const eventSaboteurs: Saboteurs = {
  'stores an event as a CloudEvents envelope with the record, without computed fields, as data':
    listing(computedToo),
  'keeps the exact text of an event of kind category': listing((record) =>
    record.aggregateType === 'category' ? { ...record, body: escaped(record.body) } : record,
  ),
  'keeps the exact text of an event of kind expense': reordering('expense'),
  'keeps the exact text of an event of kind invoice': reordering('invoice'),
  'keeps the exact text of an event of kind attachment': reordering('attachment'),
  'keeps the exact text of an event of kind settings': reordering('settings'),

  'gives every event its own UUID, and stores its time to the millisecond': listing((record) => ({
    ...record,
    at: toTheSecond(record.at),
  })),

  'refuses an event of a version that already exists': accepting(
    'concurrent_change',
    (trace) => !trace.isContended && called(trace, 'events.append'),
  ),

  'accepts one of two concurrent transactions that append the same version': accepting(
    'concurrent_change',
    (trace) => trace.isContended && called(trace, 'events.append'),
  ),

  'stores no event of a transaction that is refused': watching(({ unitOfWork }) => ({
    async pardon(failure, { ownerId, calls }) {
      const events = calls.filter(({ method }) => method === 'events.append').map(({ given }) => given[0])
      const scope: TransactionScope = { ownerId, actorId: 'an-actor', idempotency: null }
      if (isDomainError(failure, 'category_name_taken')) {
        await unitOfWork.transact(scope, async (tx) => {
          for (const list of events) tx.events.append(list as readonly DomainEvent[])
        })
      }
      return false
    },
  })),

  'stores no event of a nested transaction that failed': onTransactions(() => {
    const appended: DomainEvent[] = []
    return {
      wrap: ({ events }, depth) => ({
        events: overlay(events, {
          append(happened) {
            if (depth === 0) events.append(happened)
            else appended.push(...happened)
          },
        }),
      }),
      end: (tx) => tx.events.append(appended),
    }
  }),
}

/** Which transaction told of an aggregate's version. */
function batchOf(ledger: Ledger, { aggregateId, aggregateVersion }: EventRecord): number {
  return ledger.stored.findIndex((trace) =>
    called<readonly DomainEvent[]>(trace, 'events.append', (events) =>
      events.some((event) => event.aggregateId === aggregateId && event.version === aggregateVersion),
    ),
  )
}

/** Turns round what was told in one transaction. */
export function turnedRound(ledger: Ledger, records: readonly EventRecord[]): EventRecord[] {
  const batches = Map.groupBy(records, (record) => batchOf(ledger, record))
  return [...batches.values()].flatMap((batch) => batch.toReversed())
}

function isKnown(ledger: Ledger, aggregateId: string): boolean {
  const traces = [...ledger.stored, ...ledger.refused]
  return traces.some((trace) =>
    called<readonly DomainEvent[]>(trace, 'events.append', (events) =>
      events.some((event) => event.aggregateId === aggregateId),
    ),
  )
}

export const historySaboteurs: Saboteurs = {
  'lists the events of a record, newest first, including events of the same moment': onQueriesKnowing(
    'history',
    (queries, ledger) => ({
      list: async (...asked) => turnedRound(ledger, await queries.list(...asked)),
    }),
  ),

  'lists the newest events, at most the limit': onQueries('history', (queries) => ({
    list: (ownerId, type, id, { before, limit }) =>
      queries.list(ownerId, type, id, { before, limit: limit + 1 }),
  })),

  'continues below a version, without that version': onQueries('history', (queries) => ({
    list: (ownerId, type, id, { before, limit }) =>
      queries.list(ownerId, type, id, { before: before === null ? null : before + 1, limit }),
  })),

  'lists the events of a deleted record': onQueriesKnowing('history', (queries, ledger) => ({
    list: async (ownerId, type, id, page) =>
      ledger.has('categories.delete', id, ownerId) ? [] : queries.list(ownerId, type, id, page),
  })),

  'lists nothing for a record without events': onQueriesKnowing('history', (queries, ledger) => ({
    async list(ownerId, type, id, page) {
      if (!isKnown(ledger, id)) throw new DomainError('not_found', { kind: type, id })
      return queries.list(ownerId, type, id, page)
    },
  })),

  'lists no event of a record of another kind with the same id': onQueries('history', (queries) => ({
    async list(ownerId, _, id, page) {
      const kinds = ['category', 'expense', 'invoice', 'attachment', 'settings', 'api_key'] as const
      return (await Promise.all(kinds.map((kind) => queries.list(ownerId, kind, id, page)))).flat()
    },
  })),
}
