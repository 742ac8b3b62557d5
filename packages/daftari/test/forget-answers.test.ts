import { expect, test, vi } from 'vitest'
import { forgetFromTimeToTime } from '../src/serve/forget-answers.ts'

test('old answers are deleted at the start and every half hour, until the end', async () => {
  vi.useFakeTimers()
  try {
    let runs = 0
    const warnings: unknown[] = []
    const end = forgetFromTimeToTime(
      {
        async forgetAnswers() {
          runs += 1
          if (runs === 2) throw new Error('no database')
          return 0
        },
      },
      { warn: (...said: unknown[]) => void warnings.push(said) },
    )
    await vi.advanceTimersByTimeAsync(60 * 60 * 1000)
    expect(runs).toBe(3)
    expect(warnings).toHaveLength(1)
    await end()
    await vi.advanceTimersByTimeAsync(60 * 60 * 1000)
    expect(runs).toBe(3)
  } finally {
    vi.useRealTimers()
  }
})
