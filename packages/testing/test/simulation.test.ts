import { describe, expect, test } from 'vitest'
import { BUGS } from '../harness/simulation/bugs.ts'
import { simulate } from '../harness/simulation/simulate.ts'

const SEEDS = 2_000
const SEEDS_TO_CATCH = 400

test(`F03 F04 F05 F06 F30 nothing is lost, invented or out of order in ${SEEDS} histories`, async () => {
  const failed: string[] = []
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const [violation] = await simulate(seed)
    if (violation !== undefined) failed.push(`seed ${seed}: ${violation}`)
  }
  expect(failed, 'replay with npm run sim -- --seeds 1 --from <seed>').toEqual([])
}, 600_000)

describe('the simulator notices', () => {
  test.each(BUGS)(
    '%s',
    async (bug) => {
      for (let seed = 1; seed <= SEEDS_TO_CATCH; seed += 1) {
        if ((await simulate(seed, bug)).length > 0) return
      }
      expect.unreachable(`no seed among ${SEEDS_TO_CATCH} noticed it`)
    },
    300_000,
  )
})
