import type { Ports } from '@daftari/application'
import type { ManualClock } from '../manual-clock.ts'
import type { Breakage } from './breakage.ts'

/** One promise of the ports, and how it is put to the test. */
export interface ContractCase<Needed = Ports> {
  /** Unique among all cases. */
  readonly name: string
  /** How a saboteur breaks this promise and no other. Without it, the saboteur stands in a file of its own. */
  readonly brokenBy?: Breakage
  run(harness: Harness<Needed>): Promise<void>
}

/** The promises of some ports. It runs with the ports that it needs, and asks for no others. */
export interface Contract<Needed = Ports> {
  readonly name: string
  readonly cases: readonly ContractCase<Needed>[]
}

/** An adapter under test, with two owners whose books nobody has touched yet. */
export interface Harness<Given = Ports> {
  readonly ports: Given
  /** What the clock of the ports tells. */
  readonly clock: ManualClock
  readonly ownerId: string
  readonly otherOwnerId: string
  close(): Promise<void>
}

export type OpenHarness<Given = Ports> = () => Promise<Harness<Given>>

/** Puts one case to an adapter opened for it alone. */
export async function runCase<Given>(
  { run }: ContractCase<Given>,
  openHarness: OpenHarness<Given>,
): Promise<void> {
  const harness = await openHarness()
  try {
    await run(harness)
  } finally {
    await harness.close()
  }
}
