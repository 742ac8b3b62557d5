import { createMemoryAdapters } from '@daftari/testing'
import { expect, test, vi } from 'vitest'
import { keepOutbox } from '../src/serve/keep-outbox.ts'

const HOUR_MS = 3_600_000

test('missing deliveries are written every minute and old ones removed every hour, a thousand at a time, until the end', async () => {
  vi.useFakeTimers()
  try {
    let repairs = 0
    const cleaned: number[] = []
    const left = [1000, 1000, 7]
    const said: unknown[] = []
    const dispatch = {
      ...createMemoryAdapters().dispatch,
      async repair() {
        repairs += 1
        if (repairs === 2) throw new Error('no database')
        return repairs === 3 ? 2 : 0
      },
      async clean(_olderThanMs: number, limit: number) {
        const count = left.shift() ?? 0
        cleaned.push(Math.min(count, limit))
        return count
      },
    }
    const keeper = keepOutbox(dispatch, {
      warn: () => void said.push('warn'),
      error: () => void said.push('error'),
    })
    await vi.advanceTimersByTimeAsync(HOUR_MS)
    expect(repairs).toBe(61)
    expect(cleaned).toEqual([1000, 1000, 7, 0])
    expect(said).toEqual(['warn', 'error'])
    expect(keeper.repaired).toBe(2)
    await keeper.end()
    await vi.advanceTimersByTimeAsync(HOUR_MS)
    expect(repairs).toBe(61)
  } finally {
    vi.useRealTimers()
  }
})
