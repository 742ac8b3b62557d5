import type { Sleep } from '../kernel/ports.ts'
import type { Ports } from '../ports.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { Backlog } from './backlog.ts'
import { type DispatcherOptions, type ResolvedOptions, withDefaults } from './dispatcher-options.ts'
import { dueSubscriptions } from './due-subscriptions.ts'
import { Lanes } from './lanes.ts'
import type { Claimed, Outcome } from './ports.ts'
import { Settler } from './settler.ts'
import { ShardKeeper } from './shard-keeper.ts'

type DispatcherPorts = Pick<Ports, 'dispatch' | 'senders' | 'wakeUps' | 'clock' | 'timer' | 'random' | 'ids'>

/** What a flush has done. */
export interface Processed {
  readonly processed: number
  readonly failed: number
  readonly dead: number
  /** Due, and left where they are: paused, shut off for a while, or of nobody who can be sent to from here. */
  readonly skipped: number
  readonly attempts: number
}

export interface Dispatcher {
  /** Delivers whatever becomes due, until `stop`. */
  run(): Promise<void>
  /** Delivers what is due now, and what that makes due. */
  flush(): Promise<Processed>
  /**
   * Begins nothing more, waits for what is under way so long at most (20,000), and gives its shards to others. Once
   * stopped, it stays so.
   */
  stop(patienceMs?: number): Promise<void>
}

/** So many of one aggregate are claimed together and sent one after the other. */
const RUN_LENGTH = 10
/** So many batches of one subscription are claimed and not written down at most. */
const MOST_UNSETTLED = 2
/** So often at least a dispatcher looks that hears of nothing. */
const UNHEARD_LOOK_MS = 1_000

/**
 * Brings events to subscribers: in order for each subscription and aggregate, at least once. Any number of
 * dispatchers may work on the same books.
 */
export function createDispatcher(ports: DispatcherPorts, given: DispatcherOptions = {}): Dispatcher {
  return new PortsDispatcher(ports, withDefaults(given))
}

class PortsDispatcher implements Dispatcher {
  readonly #ports: DispatcherPorts
  readonly #options: ResolvedOptions
  readonly #shards: ShardKeeper
  readonly #lanes: Lanes
  readonly #settler: Settler
  readonly #attempt: (claimed: Claimed) => Promise<Outcome>
  readonly #backlog = new Backlog()
  #tally = { processed: 0, failed: 0, dead: 0, attempts: 0 }
  #isStopping = false
  #isAwake = false
  /** A retry may become due meanwhile, and the lease must be renewed: an eighth of it is the longest rest. */
  #mostRestMs: number
  #sleep: Sleep | null = null
  #working: Promise<void> | null = null
  #stopped: Promise<void> | null = null

  constructor(ports: DispatcherPorts, options: ResolvedOptions) {
    const { dispatch, timer, ids, senders, clock, random } = ports
    this.#ports = ports
    this.#options = options
    this.#mostRestMs = Math.min(options.pollMs, options.leaseMs / 8)
    this.#shards = new ShardKeeper({ dispatch, timer, options }, ids.next())
    this.#lanes = new Lanes(options.concurrency, options.concurrencyPerSubscription)
    this.#settler = new Settler({
      dispatch,
      timer,
      onError: options.onError,
      underWay: () => this.#backlog.count,
      onSettled: (outcomes) => this.#settled(outcomes),
    })
    this.#attempt = (claimed) => attemptDelivery({ senders, clock, timer, random, options }, claimed)
  }

  async run(): Promise<void> {
    const unsubscribe = this.#ports.wakeUps.subscribe(() => this.#wake())
    void this.#listen()
    try {
      while (!this.#isStopping) await this.#work(false)
    } finally {
      unsubscribe()
    }
  }

  async flush(): Promise<Processed> {
    this.#tally = { processed: 0, failed: 0, dead: 0, attempts: 0 }
    const unsubscribe = this.#ports.wakeUps.subscribe(() => this.#wake())
    try {
      await this.#work(true)
    } finally {
      unsubscribe()
    }
    const { dispatch, senders } = this.#ports
    return { ...this.#tally, skipped: await dispatch.unclaimable(senders.ids()) }
  }

  stop(patienceMs = 20_000): Promise<void> {
    this.#stopped ??= this.#end(patienceMs)
    return this.#stopped
  }

  async #end(patienceMs: number): Promise<void> {
    const { timer } = this.#ports
    this.#isStopping = true
    this.#wake()
    const patience = timer.sleep(patienceMs)
    await Promise.race([patience.over, (this.#working ?? Promise.resolve()).catch(() => {})])
    patience.wake()
    this.#settler.giveUp()
    await this.#shards.leave().catch(this.#options.onError)
  }

  /** Where nobody says what others write, looking is all there is. A failure says nothing about that. */
  async #listen(): Promise<void> {
    const isHeard = await this.#ports.wakeUps.isHeard().catch(() => true)
    this.#mostRestMs = isHeard ? this.#mostRestMs : Math.min(this.#mostRestMs, UNHEARD_LOOK_MS)
    if (!isHeard) this.#wake()
  }

  #work(endsWhenIdle: boolean): Promise<void> {
    const working = this.#pump(endsWhenIdle)
    this.#working = working
    return working
  }

  async #pump(endsWhenIdle: boolean): Promise<void> {
    for (;;) {
      this.#isAwake = false
      const wasIdle = this.#backlog.count === 0
      const claimed = await this.#next(endsWhenIdle)
      for (const chain of chains(claimed)) this.#start(chain)
      if (this.#isStopping && this.#backlog.count === 0) return
      // While others were under way, what was looked for in haste may not have been found.
      if (endsWhenIdle && wasIdle && claimed.length === 0) return
      if (claimed.length === 0 || this.#isStopping) await this.#rest()
    }
  }

  /** @throws what the store throws, where somebody waits for the end */
  async #next(endsWhenIdle: boolean): Promise<readonly Claimed[]> {
    const { dispatch } = this.#ports
    try {
      if (this.#shards.isDue()) await this.#shards.renew()
      const shards = this.#shards.claimable()
      if (this.#isStopping || shards.length === 0) return []
      const wanted = this.#wanted(await dueSubscriptions(this.#ports, endsWhenIdle))
      if (this.#isStopping || wanted.length === 0) return []
      const probeMs = this.#options.timeoutMs
      const isHasty = !endsWhenIdle || this.#backlog.count > 0
      return await dispatch.claim({ shards, wanted, runLength: RUN_LENGTH, probeMs, isHasty })
    } catch (error) {
      this.#shards.doubt()
      if (endsWhenIdle && this.#backlog.count === 0) throw error
      this.#options.onError(error)
      return []
    }
  }

  #wanted(ids: readonly string[]): { subscriptionId: string; limit: number }[] {
    return ids.flatMap((subscriptionId) => {
      const { batchSize } = this.#options
      const { ahead, claimed } = this.#backlog.of(subscriptionId)
      const limit = Math.min(batchSize - ahead, MOST_UNSETTLED * batchSize - claimed)
      // Few at a time would cost a round trip each.
      return limit * 2 >= batchSize && !this.#backlog.isHopeless(subscriptionId)
        ? [{ subscriptionId, limit }]
        : []
    })
  }

  #start(chain: readonly Claimed[]): void {
    const [{ subscriptionId } = { subscriptionId: '' }] = chain
    for (const claimed of chain) {
      this.#shards.took(claimed)
      this.#backlog.took(subscriptionId)
    }
    this.#lanes.pass(subscriptionId, () => this.#send(chain)).catch(this.#options.onError)
  }

  /** One after the other; behind one that did not arrive, the others are not begun. */
  async #send(chain: readonly Claimed[]): Promise<void> {
    let isBroken = false
    for (const claimed of chain) {
      if (isBroken || this.#isStopping || this.#isHopeless(claimed) || !this.#shards.maySend(claimed)) {
        isBroken = true
        const at = this.#ports.clock.now()
        this.#tried({ claimed, at, durationMs: 0, result: 'released' })
        continue
      }
      const outcome = await this.#attempt(claimed)
      isBroken = outcome.result !== 'delivered'
      this.#tried(outcome)
    }
  }

  /** At half of a batch it is time to claim, so that nobody waits for what is written down meanwhile. */
  #tried(outcome: Outcome): void {
    this.#backlog.tried(outcome)
    this.#settler.add(outcome)
    const { ahead } = this.#backlog.of(outcome.claimed.subscriptionId)
    if (ahead === Math.floor(this.#options.batchSize / 2)) this.#wake()
  }

  #isHopeless({ subscriptionId, isProbe }: Claimed): boolean {
    return !isProbe && this.#backlog.isHopeless(subscriptionId)
  }

  #settled(outcomes: readonly Outcome[]): void {
    for (const { claimed, result } of outcomes) {
      this.#shards.finished(claimed)
      this.#backlog.settled(claimed.subscriptionId)
      if (result === 'released') continue
      this.#tally.attempts += 1
      this.#tally[result === 'delivered' ? 'processed' : result] += 1
    }
    this.#wake()
  }

  /** Until something has changed, the lease must be renewed, or it is time to look. */
  async #rest(): Promise<void> {
    if (this.#isAwake) return
    this.#sleep = this.#ports.timer.sleep(this.#mostRestMs)
    await this.#sleep.over
    this.#sleep = null
  }

  #wake(): void {
    this.#isAwake = true
    this.#sleep?.wake()
  }
}

/** What belongs to one subscription and aggregate, in order of version. */
function chains(claimed: readonly Claimed[]): readonly (readonly Claimed[])[] {
  const byAggregate = new Map<string, Claimed[]>()
  for (const one of claimed) {
    const key = `${one.subscriptionId} ${one.event.aggregateId}`
    const chain = byAggregate.get(key) ?? []
    chain.push(one)
    byAggregate.set(key, chain)
  }
  return [...byAggregate.values()].map((chain) =>
    chain.sort((a, b) => a.event.aggregateVersion - b.event.aggregateVersion),
  )
}
