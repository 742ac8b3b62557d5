import { expect, test } from 'vitest'
import { crashRounds } from '../harness/crash/crash-rounds.ts'

const ROUNDS = 40
const ROUNDS_TO_CATCH = 20

test(`F03 F04 F05 F06 F07 nothing is lost, invented or out of order in ${ROUNDS} crashes`, async () => {
  const { violations, faults, stops, pauses, acknowledged } = await crashRounds({ rounds: ROUNDS })
  expect(violations).toEqual([])
  expect(faults).toEqual([])
  expect({ stops, pauses }).toEqual({ stops: 4, pauses: 4 })
  expect(acknowledged).toBeGreaterThan(ROUNDS)
}, 600_000)

// The others take longer: npm run crash -- --bugs
test.each(['no head-of-line rule', 'marked before sent'] as const)(
  'the harness notices: %s',
  async (bug) => {
    const { violations } = await crashRounds({ rounds: ROUNDS_TO_CATCH, bug })
    expect(violations.length).toBeGreaterThan(0)
  },
  300_000,
)
