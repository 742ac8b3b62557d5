import type { Claimed, HeldShard, Outcome, Ports, Transaction } from '@daftari/application'
import type { CategoryId, Subscription } from '@daftari/domain'
import { aCategory, aSubscription, at, categoryEvent } from '@daftari/testing'

/** One adapter in which a history happens, with a clock that can be moved on. */
export interface Side {
  readonly ports: Pick<Ports, 'unitOfWork' | 'delivery' | 'dispatch' | 'clock'>
  readonly ownerId: string
  advance(durationMs: number): Promise<void>
}

/** What the same history is made of on every side. */
export interface Cast {
  readonly subscriptions: readonly Subscription[]
  readonly aggregates: readonly CategoryId[]
  readonly holder: string
  /** Of so many deliveries at once nobody knows which comes first; where some are left over, that would show. */
  readonly mayFail: number
}

export function castOf(random: () => number): Cast {
  const one = random() < 0.6
  return {
    subscriptions: [aSubscription({ name: 'one' }), aSubscription({ name: 'two' })],
    aggregates: Array.from({ length: one ? 1 : 3 }, () => aCategory().id),
    holder: aCategory().id,
    // A probe takes one of several records: below ten failures nobody is probed.
    mayFail: one ? Number.POSITIVE_INFINITY : 8,
  }
}

const HOUR_MS = 3_600_000
const PROBE_MS = 60_000
/** Never a multiple of a pause of the breaker, which are whole minutes or half of one. */
const STEP_MS = 50_000
const LONG_AGO = at('2020-01-01T00:00:00.000Z')
const FAR_AWAY = at('2100-01-01T00:00:00.000Z')
const EVERYTHING = { subscriptionName: null, status: null, eventType: null }

type Act =
  | 'turn'
  | 'append'
  | 'claim'
  | 'settle'
  | 'retry'
  | 'skip'
  | 'replay'
  | 'pause'
  | 'advance'
  | 'renew'

/** More often what brings a history forward. */
const ACTS: readonly Act[] = [
  ...Array<Act>(9).fill('turn'),
  ...Array<Act>(2).fill('append'),
  ...Array<Act>(3).fill('claim'),
  ...Array<Act>(3).fill('settle'),
  ...Array<Act>(2).fill('advance'),
  'retry',
  'skip',
  'replay',
  'pause',
  'renew',
]

/** The outcomes of a batch: all fail, all are delivered, or each by chance. */
type Mood = 'failing' | 'arriving' | 'mixed'
const MOODS: readonly Mood[] = ['failing', 'failing', 'failing', 'arriving', 'mixed']

/**
 * Lets a random history of deliveries happen on one side, and gives what was seen of it: each claim with its counts,
 * each settlement, and at the end every delivery with its attempts. The same numbers make the same history.
 */
export async function happen(
  side: Side,
  cast: Cast,
  random: () => number,
  length: number,
): Promise<readonly string[]> {
  const history = new History(side, cast, random)
  await history.begin()
  for (let step = 0; step < length; step += 1) await history.step()
  await history.show()
  return history.seen
}

class History {
  readonly seen: string[] = []
  readonly #side: Side
  readonly #cast: Cast
  readonly #random: () => number
  readonly #versions = new Map<CategoryId, number>()
  readonly #names = new Map<string, string>()
  #subscriptions: Subscription[]
  #shards: readonly HeldShard[] = []
  #inFlight: Claimed[] = []
  #failures = 0

  constructor(side: Side, cast: Cast, random: () => number) {
    this.#side = side
    this.#cast = cast
    this.#random = random
    this.#subscriptions = [...cast.subscriptions]
  }

  async begin(): Promise<void> {
    await this.#transact(async (tx) => {
      for (const subscription of this.#subscriptions) tx.subscriptions.insert(subscription)
    })
    await this.#lease(false)
    for (let count = 0; count < 3; count += 1) await this.#append()
  }

  async step(): Promise<void> {
    const act = this.#one(ACTS)
    if (act === 'append') return this.#append()
    if (act === 'claim') return this.#claim()
    if (act === 'settle') return this.#settle('mixed')
    if (act === 'turn') return this.#turn()
    if (act === 'advance') return this.#side.advance(this.#random() < 0.5 ? STEP_MS : 2 * HOUR_MS)
    if (act === 'renew') return this.#lease(true)
    if (act === 'pause') return this.#pause()
    return this.#order(act)
  }

  /** Every delivery as it stands, by what it is of. */
  async show(): Promise<void> {
    const { ports, ownerId } = this.#side
    const rows = await ports.delivery.list(ownerId, EVERYTHING, { after: null, limit: 1000 })
    const lines: string[] = []
    for (const row of rows) {
      const { subscriptionName, aggregateId, aggregateVersion: version, status, attempts, lastError } = row
      const isDue = row.nextAttemptAt <= ports.clock.now() + 5_000
      const tried = await ports.delivery.attempts(ownerId, row.subscriptionId, row.eventId)
      const numbers = tried.map(({ number, error }) => `${number}${error === null ? '+' : '-'}`)
      const place = this.#place(subscriptionName, aggregateId, version)
      const due = status === 'pending' ? ` due ${isDue}` : ''
      lines.push(`${place} ${status} ${attempts} ${lastError}${due} [${numbers.join(' ')}]`)
    }
    this.seen.push(...lines.sort())
  }

  async #append(): Promise<void> {
    const id = this.#one(this.#cast.aggregates)
    const version = (this.#versions.get(id) ?? 0) + 1
    this.#versions.set(id, version)
    const after = aCategory({ id, version })
    const event = categoryEvent(version === 1 ? 'category.created' : 'category.updated', { after })
    await this.#transact(async (tx) => tx.events.append([event]))
  }

  async #claim(): Promise<void> {
    const runLength = 1 + Math.floor(this.#random() * 3)
    const wanted = this.#subscriptions.map(({ id }) => ({ subscriptionId: id, limit: 100 }))
    const claimed = await this.#side.ports.dispatch.claim({
      shards: this.#shards,
      wanted,
      runLength,
      probeMs: PROBE_MS,
    })
    const inOrder = [...claimed].sort((one, other) => (this.#nameOf(one) < this.#nameOf(other) ? -1 : 1))
    this.#inFlight.push(...inOrder)
    const counts = ({ attempts, failures, lost, isProbe }: Claimed) =>
      `${attempts} ${failures} ${lost} ${isProbe}`
    this.seen.push(`claims ${inOrder.map((one) => `${this.#nameOf(one)} ${counts(one)}`).join(', ')}`)
  }

  /** A while later: what is due by then is claimed, and all that is under way comes to something. */
  async #turn(): Promise<void> {
    await this.#side.advance(2 * HOUR_MS)
    await this.#claim()
    await this.#settle(this.#one(MOODS))
  }

  /** In one batch: some of what is under way, or all of it that has the same fate. */
  async #settle(mood: Mood): Promise<void> {
    const { length } = this.#inFlight
    const count = mood === 'mixed' ? Math.ceil(this.#random() * length) : length
    const outcomes = this.#inFlight.splice(0, count).map((claimed) => this.#outcome(claimed, mood))
    if (outcomes.length === 0) return
    const counted = await this.#side.ports.dispatch.settle(outcomes)
    const results = outcomes.map(({ claimed, result }) => `${this.#nameOf(claimed)} ${result}`)
    this.seen.push(`settles ${counted} of ${results.join(', ')}`)
  }

  #outcome(claimed: Claimed, mood: Mood): Outcome {
    const attempt = { claimed, at: LONG_AGO, durationMs: 5 }
    const chance = mood === 'mixed' ? this.#random() : mood === 'failing' ? 1 : 0.2
    if (chance < 0.06) return { ...attempt, result: 'released' }
    if (chance < 0.3 || this.#failures >= this.#cast.mayFail) return { ...attempt, result: 'delivered' }
    this.#failures += 1
    if (chance < 0.36) return { ...attempt, result: 'dead', error: 'refused' }
    return { ...attempt, result: 'failed', error: 'refused', retryInMs: HOUR_MS }
  }

  async #order(act: 'retry' | 'skip' | 'replay'): Promise<void> {
    const { ports, ownerId } = this.#side
    const { name: subscriptionName } = this.#one(this.#subscriptions)
    if (act === 'replay') {
      const range = { subscriptionName, from: LONG_AGO, to: FAR_AWAY, eventTypes: [] }
      this.seen.push(`replays ${await this.#transact((tx) => tx.deliveries.replay(range))}`)
      return
    }
    const all = await ports.delivery.list(ownerId, EVERYTHING, { after: null, limit: 1000 })
    // A delivery that is skipped and retried while in flight is claimed twice under one token: either outcome may count.
    const isInFlight = (eventId: string) => this.#inFlight.some(({ event }) => event.id === eventId)
    const rows = all.filter(({ eventId }) => act === 'retry' || !isInFlight(eventId))
    if (rows.length === 0) return
    const placed = rows.map(
      (row) => [this.#place(row.subscriptionName, row.aggregateId, row.aggregateVersion), row] as const,
    )
    const [place, row] = this.#one(placed.sort(([one], [other]) => (one < other ? -1 : 1)))
    const after = await this.#transact((tx) => tx.deliveries[act](row.subscriptionId, row.eventId))
    this.seen.push(`${act} ${place} ${after?.status} ${after?.attempts}`)
  }

  async #pause(): Promise<void> {
    const index = Math.floor(this.#random() * this.#subscriptions.length)
    const known = this.#subscriptions[index]
    if (known === undefined) return
    const next = { ...known, isPaused: !known.isPaused, version: known.version + 1 }
    await this.#transact(async (tx) => tx.subscriptions.update(next, known.version))
    this.#subscriptions = this.#subscriptions.with(index, next)
  }

  async #lease(takesNewTokens: boolean): Promise<void> {
    const request = { holder: this.#cast.holder, leaseMs: 100 * HOUR_MS, giveUp: [], takesNewTokens }
    this.#shards = (await this.#side.ports.dispatch.lease(request)).shards
  }

  #transact<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const scope = { ownerId: this.#side.ownerId, actorId: 'a-tester', idempotency: null }
    return this.#side.ports.unitOfWork.transact(scope, work)
  }

  #nameOf({ subscriptionId, event }: Claimed): string {
    const name = this.#subscriptions.find(({ id }) => id === subscriptionId)?.name ?? '?'
    return this.#place(name, event.aggregateId, event.aggregateVersion)
  }

  #place(name: string, aggregateId: string, version: number): string {
    const known =
      this.#names.get(aggregateId) ?? `${this.#cast.aggregates.indexOf(aggregateId as CategoryId)}`
    this.#names.set(aggregateId, known)
    return `${name}/${known}/${version}`
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item
  }
}
