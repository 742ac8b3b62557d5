import { createMemoryAdapters, freshId, type Harness, manualClock } from '../src/index.ts'

/** Memory adapters whose clock stands still, with two owners. */
export async function openMemoryHarness(): Promise<Harness> {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  return {
    ports: createMemoryAdapters({ clock }),
    clock,
    ownerId: freshId(),
    otherOwnerId: freshId(),
    close: async () => undefined,
  }
}
