import { expect, test, vi } from 'vitest'
import { postgresWakeUps } from './postgres-wake-ups.ts'

test('notifies other processes of the first commit after a pause at once, and of the next ones together', () => {
  vi.useFakeTimers()
  try {
    const query = vi.fn(async () => {})
    const connect = vi.fn()
    const wakeUps = postgresWakeUps({ query, connect })
    wakeUps.wake()
    expect(query).toHaveBeenCalledTimes(1)
    wakeUps.wake()
    wakeUps.wake()
    expect(query).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(100)
    expect(query).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(1000)
    expect(query).toHaveBeenCalledTimes(2)
    wakeUps.wake()
    expect(query).toHaveBeenCalledTimes(3)
    wakeUps.close()
  } finally {
    vi.useRealTimers()
  }
})
