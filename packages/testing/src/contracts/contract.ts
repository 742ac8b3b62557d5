import type { Ports } from '@daftari/application'
import type { ManualClock } from '../memory/manual-clock.ts'

/** One promise of the ports, and how it is put to the test. */
export interface ContractCase {
  /** Unique among all cases. */
  readonly name: string
  run(harness: Harness): Promise<void>
}

export interface Contract {
  readonly name: string
  readonly cases: readonly ContractCase[]
}

/** An adapter under test, with two owners whose books nobody has touched yet. */
export interface Harness {
  readonly ports: Ports
  /** What `ports.clock` tells. */
  readonly clock: ManualClock
  readonly ownerId: string
  readonly otherOwnerId: string
  close(): Promise<void>
}

export type OpenHarness = () => Promise<Harness>

/** Puts one case to an adapter opened for it alone. */
export async function runCase({ run }: ContractCase, openHarness: OpenHarness): Promise<void> {
  const harness = await openHarness()
  try {
    await run(harness)
  } finally {
    await harness.close()
  }
}
