import type { Wanted } from '@daftari/application'

const BEGINNING = '-infinity'
/** What was committed late, or was lost, stands below the floor. A sweep looks for it so often. */
const SWEEP_EVERY_MS = 1000
/** Sweeps take at most this part of the time, however much lies below the floor. */
const SWEEP_SHARE = 1 / 50
/** A transaction may commit a delivery with a due time so much earlier than the last that was found. */
const LATE_COMMIT_MS = 100

/** One scan of a claim: from which due time on it looks for the deliveries of a subscription. */
export interface Scan extends Wanted {
  /** `-infinity`: it sweeps. */
  readonly floor: string
  /** The earliest due time in flight as the claim began. What follows of that aggregate is not visible to this claim. */
  readonly lowestInFlight: string | null
}

interface LastSweep {
  readonly sweptAtMs: number
  readonly tookMs: number
}

const NEVER_SWEPT: LastSweep = { sweptAtMs: 0, tookMs: 0 }

/**
 * What is known of one subscription. It is always in one of these states:
 *
 * - unknown: nothing was claimed since the shards were leased, and the new shards may have deliveries due long ago. The
 *   next claim sweeps.
 * - empty: a sweep has found nothing, and nothing was in flight. There is no due time to begin at: the next claim sweeps.
 * - raised: everything due before `dueAt` was finished when it was last looked at. The next claim begins there, or sweeps
 *   when the last sweep is too long ago.
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
 * For each subscription the floor: the due time at which the next claim begins to look. Below the floor are finished
 * deliveries, whose index entries stay as long as any old snapshot is held; walking through them is what makes queues in tables
 * slow. A delivery in flight is never below the floor, because the next of its aggregate may be due right behind it.
 *
 * The deliveries in flight are kept here beside those of the dispatcher, because the floor needs their due times to the
 * microsecond, which do not leave the store, and because dispatchers may share a store.
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

  /** Takes in what the scans of one claim found. Gives sweeps for those that found less than was wanted. */
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

  /** Whether sweeps have not taken too much of the time of late. */
  maySweep({ subscriptionId }: Scan): boolean {
    const floor = this.#floorOf(subscriptionId)
    return floor.state === 'unknown' || elapsedMs(floor.lastSweep) > floor.lastSweep.tookMs / SWEEP_SHARE
  }

  /** The delivery is no longer in flight. */
  settled(subscriptionId: string, eventId: string): void {
    this.#inFlight.get(subscriptionId)?.delete(eventId)
  }

  /** From every state to unknown: the shards were leased, and others may have come. */
  leased(): void {
    this.#floors.clear()
  }

  #addInFlight({ subscription_id: subscriptionId, id, due_at: dueAt }: Found): void {
    const inFlight = this.#inFlight.get(subscriptionId) ?? new Map<string, string>()
    this.#inFlight.set(subscriptionId, inFlight.set(id, dueAt))
  }

  /** From unknown and empty to raised, or to empty where there is no due time. What was raised stays so. */
  #swept(subscriptionId: string, dueAt: string | null, tookMs: number): void {
    const known = this.#floorOf(subscriptionId)
    const lastSweep = { sweptAtMs: performance.now(), tookMs }
    const raisedTo = dueAt ?? (known.state === 'raised' ? known.dueAt : null)
    this.#floors.set(
      subscriptionId,
      raisedTo === null ? { state: 'empty', lastSweep } : { state: 'raised', lastSweep, dueAt: raisedTo },
    )
  }

  /** From raised to raised elsewhere. From unknown, where shards were leased during the claim, to raised without a sweep. */
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

/** To the millisecond, which is early enough. */
function before(dueAt: string, durationMs: number): string {
  return new Date(Date.parse(dueAt) - durationMs).toISOString()
}
