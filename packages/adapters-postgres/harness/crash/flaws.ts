import { setTimeout } from 'node:timers/promises'
import type { Claimed, DispatchStore, DomainEvent, Outcome, Ports, Transaction } from '@daftari/application'
import pg from 'pg'
import type { Bug } from './messages.ts'

const LONG_MS = 100

/** The same ports with the fault in them. */
export function flawed(ports: Ports, bug: Bug, url: string): Ports {
  const { dispatch, timer } = ports
  switch (bug) {
    case 'write after commit':
      return { ...ports, unitOfWork: writingLater(ports.unitOfWork) }
    case 'no head-of-line rule':
      return { ...ports, dispatch: changing(dispatch, (claimed) => claimed.map(asIfAlone)) }
    case 'no fencing token':
      return { ...ports, dispatch: withoutFence(dispatch, new pg.Pool({ connectionString: url, max: 1 })) }
    case 'cursor over a sequence':
      return { ...ports, dispatch: behindCursor(dispatch, new pg.Pool({ connectionString: url, max: 1 })) }
    case 'marked before sent':
      return { ...ports, dispatch: markedFirst(dispatch) }
    case 'one lease for a long batch':
      return { ...ports, timer: { ...timer, elapsedMs: () => 0 }, senders: slowly(ports.senders) }
    default:
      return ports
  }
}

/** So that a batch is long. */
function slowly(senders: Ports['senders']): Ports['senders'] {
  return {
    ...senders,
    get(subscriptionId) {
      const send = senders.get(subscriptionId)
      if (send === null) return null
      return async (record, arrival) => {
        await setTimeout(LONG_MS)
        await send(record, arrival)
      }
    },
  }
}

type UnitOfWork = Ports['unitOfWork']

/** The events follow in a transaction of their own. */
function writingLater(unitOfWork: UnitOfWork): UnitOfWork {
  return {
    async transact(scope, work) {
      const later: DomainEvent[] = []
      const result = await unitOfWork.transact(scope, (tx) => work(deferring(tx, later)))
      if (later.length > 0) {
        await unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => tx.events.append(later))
      }
      return result
    },
  }
}

function deferring(tx: Transaction, later: DomainEvent[]): Transaction {
  const events = { append: (list: readonly DomainEvent[]) => void later.push(...list) }
  return new Proxy(tx, {
    get(target, name) {
      if (name === 'events') return events
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function changing(
  store: DispatchStore,
  change: (claimed: readonly Claimed[]) => readonly Claimed[],
): DispatchStore {
  return { ...store, claim: async (request) => change(await store.claim(request)) }
}

function asIfAlone(claimed: Claimed): Claimed {
  return { ...claimed, event: { ...claimed.event, aggregateId: claimed.event.id } }
}

const FORCE = `update daftari.delivery set status = case $3 when 'delivered' then 'delivered' else 'pending' end,
  claim_token = null where subscription_id = $1 and event_id = $2`

/** Whoever comes with an outcome is believed. */
function withoutFence(store: DispatchStore, pool: pg.Pool): DispatchStore {
  pool.on('error', () => {})
  return {
    ...store,
    async settle(outcomes) {
      const counted = await store.settle(outcomes)
      if (counted === outcomes.length) return counted
      for (const { claimed, result } of outcomes) {
        await pool.query(FORCE, [claimed.subscriptionId, claimed.event.id, result])
      }
      return outcomes.length
    },
  }
}

const LAST_SEEN = 'select seen from crash_cursor'
const SEE = `with seen as (select max(seq) as last from daftari.event where id = any($1))
  update crash_cursor set seen = greatest(seen, last) from seen`
const PLACES = 'select id, seq from daftari.event where id = any($1)'

/** What was numbered before the last that was seen, and committed after it, is never looked for. */
function behindCursor(store: DispatchStore, pool: pg.Pool): DispatchStore {
  pool.on('error', () => {})
  const tried = new Set<string>()
  return {
    ...store,
    async claim(request) {
      const claimed = await store.claim(request)
      if (claimed.length === 0) return claimed
      const ids = claimed.map(({ event }) => event.id)
      const [seen, places] = await Promise.all([pool.query(LAST_SEEN), pool.query(PLACES, [ids])])
      const last = BigInt(seen.rows[0]?.seen ?? 0)
      const placeOf = new Map(places.rows.map(({ id, seq }) => [id, BigInt(seq)]))
      const given = claimed.filter(({ event: { id } }) => tried.has(id) || (placeOf.get(id) ?? 0n) > last)
      for (const { event } of given) tried.add(event.id)
      await pool.query(SEE, [ids])
      return given
    },
  }
}

function markedFirst(store: DispatchStore): DispatchStore {
  return {
    ...store,
    async claim(request) {
      const claimed = await store.claim(request)
      const outcome = (one: Claimed): Outcome => ({
        claimed: one,
        at: one.event.at,
        durationMs: 0,
        result: 'delivered',
      })
      await store.settle(claimed.map(outcome))
      return claimed
    },
  }
}
