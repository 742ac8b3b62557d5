import type { Timer } from '@daftari/application'

export const systemTimer: Timer = {
  elapsedMs: () => performance.now(),
  sleep(durationMs) {
    const { promise: over, resolve: wake } = Promise.withResolvers<void>()
    const timeout = setTimeout(wake, durationMs)
    return {
      over,
      wake() {
        clearTimeout(timeout)
        wake()
      },
    }
  },
}
