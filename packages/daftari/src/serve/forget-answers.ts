import type { PostgresAdapters } from '@daftari/adapters-postgres'
import type { Logger } from 'pino'

const EVERY_MS = 30 * 60 * 1000

/** Deletes the answers of keyed requests whose time is over, now and every half hour. Returns how to end that. */
export function forgetFromTimeToTime(
  adapters: Pick<PostgresAdapters, 'forgetAnswers'>,
  logger: Pick<Logger, 'warn'>,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  function forget(): void {
    running = adapters.forgetAnswers().then(
      () => {},
      (error: unknown) => logger.warn({ err: error }, 'Old answers were not deleted'),
    )
  }
  forget()
  const timer = setInterval(forget, EVERY_MS)
  return async function end() {
    clearInterval(timer)
    await running
  }
}
