import type { Wanted } from '@daftari/application'

const BEGINNING = '-infinity'
/** How often a sweep looks below the floor, where deliveries can be that were committed late or lost. */
const SWEEP_EVERY_MS = 1000
/** The largest part of the time that sweeps may take, even when there are many rows below the floor. */
const SWEEP_SHARE = 1 / 50
/** A transaction may commit a delivery whose due time is earlier than the last found one by this much. */
const LATE_COMMIT_MS = 100

/** One scan of a claim. It looks for deliveries of a subscription from a due time on. */
export interface Scan extends Wanted {
  /** The due time at which the scan begins. `-infinity` means a sweep over all deliveries. */
  readonly floor: string
  /**
   * The earliest due time of the deliveries in flight when the claim began. The claim cannot see the deliveries that
   * follow them in their aggregates, so the floor must not rise above it.
   */
  readonly lowestInFlight: string | null
}

interface LastSweep {
  readonly sweptAtMs: number
  readonly tookMs: number
}

const NEVER_SWEPT: LastSweep = { sweptAtMs: 0, tookMs: 0 }

/**
 * The floor of one subscription. It is always in one of these states:
 *
 * - unknown: nothing was claimed since the shards were leased. The new shards may have deliveries that were due long
 *   ago, so the next claim sweeps.
 * - empty: a sweep found nothing, and nothing was in flight. There is no due time to begin at, so the next claim
 *   sweeps.
 * - raised: everything due before `dueAt` was finished at the last scan. The next claim begins there, or sweeps when
 *   the last sweep was too long ago.
 */
type Floor =
  | { readonly state: 'unknown' }
  | { readonly state: 'empty'; readonly lastSweep: LastSweep }
  | { readonly state: 'raised'; readonly lastSweep: LastSweep; readonly dueAt: string }

const UNKNOWN: Floor = { state: 'unknown' }

interface Found {
  readonly id: string
  readonly subscription_id: string
  readonly due_at: string
}

/**
 * Keeps the floor of each subscription: the due time at which the next claim begins to look. Below the floor are
 * finished deliveries. Their index entries stay as long as any transaction holds an old snapshot, and scanning these
 * dead entries is what makes a queue in a table slow. The floor is never above a delivery in flight, because the next
 * delivery of its aggregate may be due right after it.
 *
 * This class keeps its own list of deliveries in flight, in addition to the list of the dispatcher, for two reasons.
 * The floor needs due times in microseconds, which the store does not give to the dispatcher; and several dispatchers
 * may share one store.
 */
export class ClaimFloors {
  readonly #floors = new Map<string, Floor>()
  /** By subscription: the due time of each event in flight. */
  readonly #inFlight = new Map<string, Map<string, string>>()

  scansOf(wanted: readonly Wanted[]): readonly Scan[] {
    return wanted.map((one) => {
      const inFlight = this.#inFlight.get(one.subscriptionId)?.values() ?? []
      return { ...one, floor: this.#scanFrom(one.subscriptionId), lowestInFlight: earliest([...inFlight]) }
    })
  }

  /** Updates the floors with the rows that the scans of one claim found. Returns sweeps for the scans that found fewer deliveries than wanted. */
  claimed(scans: readonly Scan[], rows: readonly Found[], tookMs: number): readonly Scan[] {
    for (const row of rows) this.#addInFlight(row)
    return scans.flatMap((scan) => {
      const { subscriptionId, limit, floor } = scan
      const found = rows.filter((row) => row.subscription_id === subscriptionId).map((row) => row.due_at)
      const lowestInFlight = earliest(scan.lowestInFlight === null ? found : [scan.lowestInFlight, ...found])
      const isFull = found.length >= limit
      const dueAt =
        isFull || lowestInFlight === null ? lowestInFlight : before(lowestInFlight, LATE_COMMIT_MS)
      if (floor === BEGINNING) {
        this.#swept(subscriptionId, dueAt, tookMs)
        return []
      }
      if (found.length > 0) this.#foundAbove(subscriptionId, dueAt)
      return isFull ? [] : [{ subscriptionId, limit: limit - found.length, floor: BEGINNING, lowestInFlight }]
    })
  }

  /** Whether another sweep keeps within `SWEEP_SHARE` of the time. The first sweep after a lease is always allowed. */
  maySweep({ subscriptionId }: Scan): boolean {
    const floor = this.#floorOf(subscriptionId)
    return floor.state === 'unknown' || elapsedMs(floor.lastSweep) > floor.lastSweep.tookMs / SWEEP_SHARE
  }

  /** The delivery is no longer in flight. */
  settled(subscriptionId: string, eventId: string): void {
    this.#inFlight.get(subscriptionId)?.delete(eventId)
  }

  /** From every state to unknown, because a lease may have brought new shards. */
  leased(): void {
    this.#floors.clear()
  }

  #addInFlight({ subscription_id: subscriptionId, id, due_at: dueAt }: Found): void {
    const inFlight = this.#inFlight.get(subscriptionId) ?? new Map<string, string>()
    this.#inFlight.set(subscriptionId, inFlight.set(id, dueAt))
  }

  /** From unknown and empty to raised, or to empty when there is no due time. A raised floor stays raised. */
  #swept(subscriptionId: string, dueAt: string | null, tookMs: number): void {
    const known = this.#floorOf(subscriptionId)
    const lastSweep = { sweptAtMs: performance.now(), tookMs }
    const raisedTo = dueAt ?? (known.state === 'raised' ? known.dueAt : null)
    this.#floors.set(
      subscriptionId,
      raisedTo === null ? { state: 'empty', lastSweep } : { state: 'raised', lastSweep, dueAt: raisedTo },
    )
  }

  /**
   * Moves a raised floor. A floor is unknown here when shards were leased during the claim; it becomes raised as never
   * swept, so that the next claim sweeps.
   */
  #foundAbove(subscriptionId: string, dueAt: string | null): void {
    const known = this.#floorOf(subscriptionId)
    const lastSweep = known.state === 'unknown' ? NEVER_SWEPT : known.lastSweep
    if (dueAt !== null) this.#floors.set(subscriptionId, { state: 'raised', lastSweep, dueAt })
  }

  #scanFrom(subscriptionId: string): string {
    const floor = this.#floorOf(subscriptionId)
    if (floor.state !== 'raised') return BEGINNING
    const sweepEveryMs = Math.max(SWEEP_EVERY_MS, floor.lastSweep.tookMs / SWEEP_SHARE)
    return elapsedMs(floor.lastSweep) > sweepEveryMs ? BEGINNING : floor.dueAt
  }

  #floorOf(subscriptionId: string): Floor {
    return this.#floors.get(subscriptionId) ?? UNKNOWN
  }
}

function elapsedMs({ sweptAtMs }: LastSweep): number {
  return performance.now() - sweptAtMs
}

function earliest(dueTimes: readonly string[]): string | null {
  return dueTimes.reduce<string | null>(
    (lowest, dueAt) => (lowest === null || dueAt < lowest ? dueAt : lowest),
    null,
  )
}

/** Rounds down to the millisecond. That is safe, because a floor may be too early but never too late. */
function before(dueAt: string, durationMs: number): string {
  return new Date(Date.parse(dueAt) - durationMs).toISOString()
}
