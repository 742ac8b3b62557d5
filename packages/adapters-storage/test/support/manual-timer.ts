import type { Timer } from '@daftari/application'

export interface ManualTimer extends Timer {
  /** Lets so much time pass, once whoever is about to sleep does. */
  pass(durationMs: number): Promise<void>
}

/** Time that passes only when it is told to. */
export function manualTimer(): ManualTimer {
  let nowMs = 0
  const sleeps = new Set<{ readonly untilMs: number; readonly wake: () => void }>()
  return {
    elapsedMs: () => nowMs,
    sleep(durationMs) {
      const { promise: over, resolve } = Promise.withResolvers<void>()
      const sleep = { untilMs: nowMs + durationMs, wake: resolve }
      sleeps.add(sleep)
      return { over, wake: resolve }
    },
    async pass(durationMs) {
      await turn()
      nowMs += durationMs
      for (const sleep of sleeps) {
        if (sleep.untilMs > nowMs) continue
        sleeps.delete(sleep)
        sleep.wake()
      }
      await turn()
    },
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
