import { dueSubscriptions, inProcessSenders } from '@daftari/application'
import { spread } from '../measure.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 60
const WARM_UP = 20
const FEW = 10

export interface IdleClaims {
  readonly fewMs: number
  readonly manyMs: number
}

const SUBSCRIBE = `insert into daftari.subscription
    (owner_id, id, kind, name, event_types, hears_since, version, created_by, updated_at)
  select $1, gen_random_uuid(), 'handler', 'idle ' || number, '{*}', now(), 0, 'bench', now()
  from generate_series(1, $2::integer) as number returning id`

/**
 * What it takes a dispatcher to find that nothing is due, with ten handlers and with so many: which subscriptions it
 * has to name, and the claim of these. In turns, since the machine itself is now faster and now slower.
 */
export async function idleClaims(stage: Stage, subscriptions: number): Promise<IdleClaims> {
  await stage.clear()
  const ids = (await stage.query(SUBSCRIBE, [stage.scope.ownerId, subscriptions])).map(({ id }) => String(id))
  await stage.query('analyze daftari.subscription, daftari.delivery')
  const { dispatch, ids: newIds } = stage.adapters
  const holder = newIds.next()
  const { shards } = await dispatch.lease({ holder, leaseMs: 600_000, giveUp: [], takesNewTokens: false })

  async function idleClaim(named: readonly string[]): Promise<number> {
    const senders = inProcessSenders()
    for (const id of named) senders.set(id, async () => undefined)
    const begun = performance.now()
    const due = await dueSubscriptions({ dispatch, senders }, false)
    const wanted = due.map((subscriptionId) => ({ subscriptionId, limit: 100 }))
    const claimed =
      wanted.length === 0
        ? []
        : await dispatch.claim({ shards, wanted, runLength: 10, probeMs: 15_000, mayMissLateCommits: true })
    const spentMs = performance.now() - begun
    if (claimed.length > 0) throw new Error('something was due')
    return spentMs
  }

  const few: number[] = []
  const many: number[] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const [fewMs, manyMs] = [await idleClaim(ids.slice(0, FEW)), await idleClaim(ids)]
    if (round < WARM_UP) continue
    few.push(fewMs)
    many.push(manyMs)
  }
  await dispatch.leave(holder)
  await stage.query(`delete from daftari.subscription where name like 'idle %'`)
  return { fewMs: spread(few).median, manyMs: spread(many).median }
}
