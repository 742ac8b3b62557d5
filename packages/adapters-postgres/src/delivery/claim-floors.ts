import type { Wanted } from '@daftari/application'

const BEGINNING = '-infinity'
/** What was committed late, or lost, stands below: it is looked for again so often. */
const SWEEP_EVERY_MS = 1000

interface Floor {
  readonly dueAt: string
  readonly sweptAt: number
}

/**
 * Where the next claim of each subscription begins to look. Below lies what is finished, whose index entries stay as
 * long as any old snapshot is held; walking through them is what makes queues in tables slow.
 */
export class ClaimFloors {
  readonly #floors = new Map<string, Floor>()

  of(subscriptionId: string): string {
    const floor = this.#floors.get(subscriptionId)
    if (floor === undefined || performance.now() - floor.sweptAt > SWEEP_EVERY_MS) return BEGINNING
    return floor.dueAt
  }

  /** Gives what is still wanted of those that have only looked above their floors. */
  note(
    wanted: readonly Wanted[],
    rows: readonly { readonly subscription_id: string; readonly due_at: string }[],
  ): readonly Wanted[] {
    const below: Wanted[] = []
    for (const { subscriptionId, limit } of wanted) {
      const due = rows.flatMap((row) => (row.subscription_id === subscriptionId ? [row.due_at] : []))
      const hasSwept = this.of(subscriptionId) === BEGINNING
      if (due.length < limit) {
        this.#floors.delete(subscriptionId)
        if (!hasSwept) below.push({ subscriptionId, limit: limit - due.length })
        continue
      }
      const sweptAt = hasSwept ? performance.now() : (this.#floors.get(subscriptionId)?.sweptAt ?? 0)
      const [dueAt = BEGINNING] = due.sort()
      this.#floors.set(subscriptionId, { dueAt, sweptAt })
    }
    return below
  }

  forget(): void {
    this.#floors.clear()
  }
}
