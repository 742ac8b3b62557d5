import type { PostgresAdapters } from '@daftari/adapters-postgres'
import type { Logger } from 'pino'

const EVERY_MS = 30 * 60 * 1000

/** Deletes the expired answers of idempotent requests, now and every half hour. Returns a function that stops this. */
export function forgetFromTimeToTime(
  adapters: Pick<PostgresAdapters, 'forgetAnswers'>,
  logger: Pick<Logger, 'warn'>,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  function forget(): void {
    running = adapters.forgetAnswers().then(
      () => {},
      (error: unknown) => logger.warn({ err: error }, 'Expired idempotency answers could not be deleted'),
    )
  }
  forget()
  const timer = setInterval(forget, EVERY_MS)
  return async function end() {
    clearInterval(timer)
    await running
  }
}
