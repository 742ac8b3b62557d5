import { describe, it } from 'vitest'
import {
  createMemoryAdapters,
  freshId,
  type Harness,
  manualClock,
  randomContract,
  runContracts,
  secretsContract,
} from '../src/index.ts'

/** An adapter of these ports and of nothing else. */
function opening<Given>(ports: Given): () => Promise<Harness<Given>> {
  return async () => ({
    ports,
    clock: manualClock('2026-11-21T09:00:00.000Z'),
    ownerId: freshId(),
    otherOwnerId: freshId(),
    close: async () => undefined,
  })
}

describe('the contract of one port runs with that port alone', () => {
  const { secrets, random } = createMemoryAdapters()
  runContracts(it, opening({ secrets }), [secretsContract])
  runContracts(it, opening({ random }), [randomContract])
})
