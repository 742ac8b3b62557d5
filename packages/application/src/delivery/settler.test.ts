import { instant } from '@daftari/domain'
import { aCategory, categoryEvent } from '@daftari/testing'
import { expect, it } from 'vitest'
import { eventRecord } from '../kernel/events/event-record.ts'
import type { Outcome } from './ports.ts'
import { Settler } from './settler.ts'

function outcome(id: string): Outcome {
  const created = categoryEvent('category.created', { after: aCategory() })
  const claimed = {
    subscriptionId: 'mail',
    ownerId: 'an owner',
    shard: 0,
    token: 1n,
    attempts: 1,
    failures: 0,
    lost: 0,
    isProbe: false,
    event: eventRecord({ ownerId: 'an owner', actorId: 'amina' }, id, created),
  }
  return { claimed, at: instant(0), durationMs: 1, result: 'delivered' }
}

function settlerOf(inFlight: number) {
  const sleeps: { durationMs: number; wake: () => void }[] = []
  const settled: number[] = []
  const settler = new Settler({
    dispatch: { settle: async (outcomes) => outcomes.length },
    timer: {
      elapsedMs: () => 0,
      sleep(durationMs) {
        const { promise: over, resolve: wake } = Promise.withResolvers<void>()
        sleeps.push({ durationMs, wake })
        return { over, wake }
      },
    },
    onError: () => {},
    inFlightCount: () => inFlight,
    onSettled: (outcomes) => void settled.push(outcomes.length),
  })
  return { settler, sleeps, settled }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('stores an outcome at once when few deliveries are in flight', async () => {
  const { settler, sleeps, settled } = settlerOf(4)
  settler.add(outcome('a'))
  await turn()
  expect([settled, sleeps]).toEqual([[1], []])
})

it('waits for outcomes of a quarter of the deliveries in flight, and stores them together', async () => {
  const { settler, settled } = settlerOf(12)
  for (const id of ['a', 'b']) {
    settler.add(outcome(id))
    await turn()
  }
  expect(settled).toEqual([])
  settler.add(outcome('c'))
  await turn()
  expect(settled).toEqual([3])
})

it('waits for more outcomes for 20 ms at most', async () => {
  const { settler, sleeps, settled } = settlerOf(1000)
  settler.add(outcome('a'))
  await turn()
  expect(sleeps.map(({ durationMs }) => durationMs)).toEqual([20])
  sleeps[0]?.wake()
  await turn()
  expect(settled).toEqual([1])
})
