import type { Wanted } from '@daftari/application'

const BEGINNING = '-infinity'
/** What was committed late, or lost, stands below: it is looked for again so often. */
const SWEEP_EVERY_MS = 1000
/** Looking for it takes no more than this part of the time, however much lies below. */
const SWEEP_SHARE = 1 / 50
/** Where nothing is waiting any more, a transaction that began so much earlier may still be committed. */
const SLACK_MS = 100

/** What is wanted of a subscription, from where on. */
export interface Look extends Wanted {
  readonly floor: string
  /** Of what is under way as the claim begins: what of its aggregate comes next is not seen by this claim. */
  readonly lowest: string | null
}

interface Floor {
  readonly dueAt: string
  readonly sweptAt: number
  readonly sweepMs: number
}

interface Reached {
  readonly subscriptionId: string
  readonly lowest: string | null
  readonly isFull: boolean
}

interface Found {
  readonly id: string
  readonly subscription_id: string
  readonly due_at: string
}

/**
 * Where the next claim of each subscription begins to look. Below lies what is finished, whose index entries stay as
 * long as any old snapshot is held; walking through them is what makes queues in tables slow. What is under way is
 * never below, because more of its aggregate may stand right behind it.
 */
export class ClaimFloors {
  readonly #floors = new Map<string, Floor>()
  readonly #underWay = new Map<string, Map<string, string>>()

  looks(wanted: readonly Wanted[]): readonly Look[] {
    return wanted.map((one) => {
      const underWay = this.#underWay.get(one.subscriptionId)?.values() ?? []
      return { ...one, floor: this.#of(one.subscriptionId), lowest: least([...underWay]) }
    })
  }

  /** Gives the looks below, for those that have found less above their floors than was wanted. */
  note(looks: readonly Look[], rows: readonly Found[], spentMs: number): readonly Look[] {
    for (const { subscription_id: subscriptionId, id, due_at: dueAt } of rows) {
      const underWay = this.#underWay.get(subscriptionId) ?? new Map()
      this.#underWay.set(subscriptionId, underWay.set(id, dueAt))
    }
    return looks.flatMap((look) => {
      const { subscriptionId, limit, floor } = look
      const found = rows.filter((row) => row.subscription_id === subscriptionId).map((row) => row.due_at)
      const lowest = least(look.lowest === null ? found : [look.lowest, ...found])
      const isFull = found.length >= limit
      const hasSwept = floor === BEGINNING
      if (hasSwept || found.length > 0)
        this.#raise({ subscriptionId, lowest, isFull }, hasSwept ? spentMs : null)
      return isFull || hasSwept
        ? []
        : [{ subscriptionId, limit: limit - found.length, floor: BEGINNING, lowest }]
    })
  }

  /** Whether looking below has not been done too much of late. */
  mayLookBelow({ subscriptionId }: Look): boolean {
    const floor = this.#floors.get(subscriptionId)
    return floor === undefined || performance.now() - floor.sweptAt > floor.sweepMs / SWEEP_SHARE
  }

  settled(subscriptionId: string, eventId: string): void {
    this.#underWay.get(subscriptionId)?.delete(eventId)
  }

  forget(): void {
    this.#floors.clear()
  }

  #of(subscriptionId: string): string {
    const floor = this.#floors.get(subscriptionId)
    if (floor === undefined) return BEGINNING
    const sweepEveryMs = Math.max(SWEEP_EVERY_MS, floor.sweepMs / SWEEP_SHARE)
    return performance.now() - floor.sweptAt > sweepEveryMs ? BEGINNING : floor.dueAt
  }

  #raise({ subscriptionId, lowest, isFull }: Reached, sweepMs: number | null): void {
    const known = this.#floors.get(subscriptionId)
    const dueAt = lowest === null ? (known?.dueAt ?? BEGINNING) : isFull ? lowest : before(lowest, SLACK_MS)
    const [sweptAt, lastMs] =
      sweepMs === null ? [known?.sweptAt ?? 0, known?.sweepMs ?? 0] : [performance.now(), sweepMs]
    this.#floors.set(subscriptionId, { dueAt, sweptAt, sweepMs: lastMs })
  }
}

function least(texts: readonly string[]): string | null {
  return texts.reduce<string | null>(
    (lowest, text) => (lowest === null || text < lowest ? text : lowest),
    null,
  )
}

/** To the millisecond, which is early enough. */
function before(dueAt: string, durationMs: number): string {
  return new Date(Date.parse(dueAt) - durationMs).toISOString()
}
