import type { Ports } from '../ports.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { ConcurrencyLimiter } from './concurrency-limiter.ts'
import { type DispatcherOptions, type ResolvedOptions, withDefaults } from './dispatcher-options.ts'
import { dueSubscriptions } from './due-subscriptions.ts'
import { InFlight } from './in-flight.ts'
import type { Claimed, Outcome, Wanted } from './ports.ts'
import { Settler } from './settler.ts'
import { ShardLeases } from './shard-leases.ts'
import { type AfterLook, WakeableLoop } from './wakeable-loop.ts'

type DispatcherPorts = Pick<Ports, 'dispatch' | 'senders' | 'wakeUps' | 'clock' | 'timer' | 'random' | 'ids'>

/** The result of a flush: the numbers of deliveries and attempts. */
export interface Processed {
  readonly processed: number
  readonly failed: number
  readonly dead: number
  /** Due, but not claimed: the subscription is paused or shut off for a while, or its handler is in another process. */
  readonly skipped: number
  readonly attempts: number
}

export interface Dispatcher {
  /** Delivers events as they become due, until `stop`. */
  run(): Promise<void>
  /** Delivers everything that is due, and everything that becomes due while it runs. */
  flush(): Promise<Processed>
  /**
   * Starts no more attempts, waits for running attempts (at most `patienceMs`, by default 20,000), and then releases
   * its shards to other dispatchers. A stopped dispatcher cannot be started again.
   */
  stop(patienceMs?: number): Promise<void>
}

/** The most deliveries of one aggregate that are claimed together; they are sent one after the other. */
const RUN_LENGTH = 10
/** The most batches of one subscription that are in flight. With one, nothing could be sent while outcomes are stored. */
const MAX_BATCHES_IN_FLIGHT = 2
/** The longest rest when wake-ups of other processes do not arrive. */
const UNHEARD_REST_MS = 1_000

/**
 * Brings events to subscribers: in order for each subscription and aggregate, at least once. Any number of
 * dispatchers may work on the same books.
 */
export function createDispatcher(ports: DispatcherPorts, given: DispatcherOptions = {}): Dispatcher {
  return new PortsDispatcher(ports, withDefaults(given))
}

/**
 * The phase of a dispatcher. It is always in one of these phases and only moves forward:
 *
 * - open: `run` and `flush` claim deliveries and send them.
 * - stopping: `stop` was called. Nothing more is claimed, and unsent deliveries are released without an attempt.
 *   Attempts that are under way end and are settled; the leases are renewed until then.
 * - stopped: `stop` has given up the shards, because nothing was in flight or because it had waited long enough. It
 *   leases none again. Outcomes that are not settled by then are dropped, and the next dispatcher that leases the
 *   shards sends those deliveries again.
 */
type Phase = 'open' | 'stopping' | 'stopped'

class PortsDispatcher implements Dispatcher {
  readonly #ports: DispatcherPorts
  readonly #options: ResolvedOptions
  readonly #inFlight = new InFlight()
  readonly #leases: ShardLeases
  readonly #limiter: ConcurrencyLimiter
  readonly #settler: Settler
  /** One for each `run` and `flush` that is not over. */
  readonly #loops = new Map<WakeableLoop, Promise<void>>()
  readonly #attempt: (claimed: Claimed) => Promise<Outcome>
  #phase: Phase = 'open'
  #tally = { processed: 0, failed: 0, dead: 0, attempts: 0 }
  /**
   * The longest rest, at most an eighth of a lease. A longer rest would delay retries, which become due without a
   * wake-up, and the renewal of the leases.
   */
  #maxRestMs: number
  #stopped: Promise<void> | null = null

  constructor(ports: DispatcherPorts, options: ResolvedOptions) {
    const { dispatch, timer, ids, senders, clock, random } = ports
    const inFlight = this.#inFlight
    this.#ports = ports
    this.#options = options
    this.#maxRestMs = Math.min(options.pollMs, options.leaseMs / 8)
    this.#leases = new ShardLeases({ dispatch, timer, options, inFlight }, ids.next())
    this.#limiter = new ConcurrencyLimiter(options.concurrency, options.concurrencyPerSubscription)
    this.#settler = new Settler({
      dispatch,
      timer,
      onError: options.onError,
      inFlightCount: () => inFlight.count,
      onSettled: (outcomes) => this.#settled(outcomes),
    })
    this.#attempt = (claimed) => attemptDelivery({ senders, clock, timer, random, options }, claimed)
  }

  async run(): Promise<void> {
    const unsubscribe = this.#ports.wakeUps.subscribe(() => this.#wake())
    void this.#restLessIfUnheard()
    try {
      if (this.#phase === 'open') await this.#loopUntilDone(false)
    } finally {
      unsubscribe()
    }
  }

  async flush(): Promise<Processed> {
    this.#tally = { processed: 0, failed: 0, dead: 0, attempts: 0 }
    const unsubscribe = this.#ports.wakeUps.subscribe(() => this.#wake())
    try {
      await this.#loopUntilDone(true)
    } finally {
      unsubscribe()
    }
    const { dispatch, senders } = this.#ports
    return { ...this.#tally, skipped: await dispatch.unclaimable(senders.ids()) }
  }

  stop(patienceMs = 20_000): Promise<void> {
    this.#stopped ??= this.#stopWithin(patienceMs)
    return this.#stopped
  }

  async #stopWithin(patienceMs: number): Promise<void> {
    this.#beginToStop()
    const patience = this.#ports.timer.sleep(patienceMs)
    await Promise.race([patience.over, Promise.allSettled(this.#loops.values())])
    patience.wake()
    await this.#endStop()
  }

  /** From open to stopping. */
  #beginToStop(): void {
    this.#phase = 'stopping'
    this.#wake()
  }

  /** From stopping to stopped. */
  async #endStop(): Promise<void> {
    this.#phase = 'stopped'
    this.#settler.giveUp()
    await this.#leases.giveUpAll().catch(this.#options.onError)
  }

  /**
   * Shortens the rest when wake-ups of other processes do not arrive, because then only a claim finds their commits. If
   * the check fails, the rest stays as it is.
   */
  async #restLessIfUnheard(): Promise<void> {
    const isHeard = await this.#ports.wakeUps.isHeard().catch(() => true)
    this.#maxRestMs = isHeard ? this.#maxRestMs : Math.min(this.#maxRestMs, UNHEARD_REST_MS)
    if (!isHeard) this.#wake()
  }

  async #loopUntilDone(endsWhenIdle: boolean): Promise<void> {
    const look = (): Promise<AfterLook> => this.#look(endsWhenIdle)
    const loop = new WakeableLoop(this.#ports.timer, look, () => this.#maxRestMs)
    const ended = loop.run()
    this.#loops.set(loop, ended)
    await ended.finally(() => this.#loops.delete(loop))
  }

  #wake(): void {
    for (const loop of this.#loops.keys()) loop.wake()
  }

  /** Claims what is due and begins to send it. */
  async #look(endsWhenIdle: boolean): Promise<AfterLook> {
    const wasIdle = this.#inFlight.count === 0
    const claimed = await this.#claim(endsWhenIdle)
    for (const chain of chainsOf(claimed)) this.#start(chain)
    const isStopping = this.#phase !== 'open'
    if (isStopping && this.#inFlight.count === 0) return 'end'
    // While deliveries are in flight, a claim may miss late commits. Therefore a flush ends only after an empty claim
    // that was made with nothing in flight.
    if (endsWhenIdle && wasIdle && claimed.length === 0) return 'end'
    return claimed.length === 0 || isStopping ? 'rest' : 'again'
  }

  /** @throws the error of the store, when it is a flush that has nothing else to wait for */
  async #claim(endsWhenIdle: boolean): Promise<readonly Claimed[]> {
    const { dispatch } = this.#ports
    try {
      if (this.#phase === 'stopped') return []
      if (this.#leases.isRenewalDue()) await this.#leases.renew()
      const shards = this.#leases.claimable()
      if (this.#phase !== 'open' || shards.length === 0) return []
      const wanted = this.#wanted(await dueSubscriptions(this.#ports, endsWhenIdle))
      if (this.#phase !== 'open' || wanted.length === 0) return []
      const probeMs = this.#options.timeoutMs
      const mayMissLateCommits = !endsWhenIdle || this.#inFlight.count > 0
      return await dispatch.claim({ shards, wanted, runLength: RUN_LENGTH, probeMs, mayMissLateCommits })
    } catch (error) {
      this.#leases.requireNewTokens()
      if (endsWhenIdle && this.#inFlight.count === 0) throw error
      this.#options.onError(error)
      return []
    }
  }

  #wanted(ids: readonly string[]): Wanted[] {
    return ids.flatMap((subscriptionId) => {
      const { batchSize } = this.#options
      const { unsent, unsettled } = this.#inFlight.ofSubscription(subscriptionId)
      const limit = Math.min(batchSize - unsent, MAX_BATCHES_IN_FLIGHT * batchSize - unsent - unsettled)
      // Every claim costs a round trip, so it is not worth one for less than half of a batch.
      return limit * 2 >= batchSize && !this.#inFlight.hasTrippedBreaker(subscriptionId)
        ? [{ subscriptionId, limit }]
        : []
    })
  }

  #start(chain: readonly Claimed[]): void {
    for (const claimed of chain) this.#inFlight.claimed(claimed)
    const key = chain[0]?.subscriptionId ?? ''
    this.#limiter.run(key, () => this.#send(chain)).catch(this.#options.onError)
  }

  /** Sends the deliveries one after the other. When one fails, the later ones are released, because they must not overtake it. */
  async #send(chain: readonly Claimed[]): Promise<void> {
    let isBroken = false
    for (const claimed of chain) {
      isBroken ||= !this.#maySend(claimed)
      const outcome: Outcome = isBroken ? this.#released(claimed) : await this.#attempt(claimed)
      isBroken ||= outcome.result !== 'delivered'
      this.#attempted(outcome)
    }
  }

  #maySend(claimed: Claimed): boolean {
    // A probe is always sent, because only a successful probe reactivates a subscription that was shut off.
    const isHopeless = !claimed.isProbe && this.#inFlight.hasTrippedBreaker(claimed.subscriptionId)
    return this.#phase === 'open' && !isHopeless && this.#leases.maySend(claimed)
  }

  #released(claimed: Claimed): Outcome {
    return { claimed, at: this.#ports.clock.now(), durationMs: 0, result: 'released' }
  }

  #attempted(outcome: Outcome): void {
    this.#inFlight.attempted(outcome)
    this.#settler.add(outcome)
    // Wake the loop when half of the batch is left, so that the next batch is claimed before this one is used up.
    const { unsent } = this.#inFlight.ofSubscription(outcome.claimed.subscriptionId)
    if (unsent === Math.floor(this.#options.batchSize / 2)) this.#wake()
  }

  #settled(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      this.#inFlight.settled(outcome)
      if (outcome.result === 'released') continue
      this.#tally.attempts += 1
      this.#tally[outcome.result === 'delivered' ? 'processed' : outcome.result] += 1
    }
    this.#wake()
  }
}

/** Groups deliveries by subscription and aggregate. Each chain is in order of version. */
function chainsOf(claimed: readonly Claimed[]): readonly (readonly Claimed[])[] {
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
