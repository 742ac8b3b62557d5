import { expect, test } from 'vitest'
import type { Timer } from '../kernel/ports.ts'
import { type AfterLook, WakeableLoop } from './wakeable-loop.ts'

/** A loop whose looks say in turn what is given. A rest is over when the test or the loop wakes the last sleep. */
function openLoop(
  plan: readonly AfterLook[],
  onLook: (loop: WakeableLoop, count: number) => void = () => {},
) {
  const sleeps: { durationMs: number; wake: () => void }[] = []
  const timer: Timer = {
    elapsedMs: () => 0,
    sleep(durationMs) {
      const { promise: over, resolve: wake } = Promise.withResolvers<void>()
      sleeps.push({ durationMs, wake })
      return { over, wake }
    },
  }
  let looks = 0
  const loop: WakeableLoop = new WakeableLoop(
    timer,
    async () => {
      looks += 1
      onLook(loop, looks)
      return plan[looks - 1] ?? 'end'
    },
    () => 7,
  )
  return { loop, sleeps, looks: () => looks }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('a loop rests after a look that found nothing, until its rest is over', async () => {
  const { loop, sleeps, looks } = openLoop(['again', 'rest', 'end'])
  const running = loop.run()
  await turn()
  expect([looks(), sleeps.map(({ durationMs }) => durationMs)]).toEqual([2, [7]])
  sleeps[0]?.wake()
  await running
  expect(looks()).toBe(3)
})

test('a loop that is woken while it rests looks at once', async () => {
  const { loop, looks } = openLoop(['rest', 'end'])
  const running = loop.run()
  await turn()
  loop.wake()
  await running
  expect(looks()).toBe(2)
})

test('a loop that is woken while it looks does not rest before the next look', async () => {
  const { loop, sleeps, looks } = openLoop(['rest', 'end'], (own, count) => {
    if (count === 1) own.wake()
  })
  await loop.run()
  expect([looks(), sleeps]).toEqual([2, []])
})

test('a wake-up before a look began has no effect on it', async () => {
  const { loop, sleeps } = openLoop(['rest', 'end'])
  loop.wake()
  const running = loop.run()
  await turn()
  expect(sleeps).toHaveLength(1)
  sleeps[0]?.wake()
  await running
})
