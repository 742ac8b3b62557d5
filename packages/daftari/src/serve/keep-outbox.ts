import type { Ports } from '@daftari/application'
import type { Logger } from 'pino'
import { removeFinished } from '../outbox/remove-finished.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const RETENTION_MS = 30 * 24 * HOUR_MS

export interface OutboxKeeper {
  /** The number of missing deliveries that were written. */
  readonly repaired: number
  end(): Promise<void>
}

/** Writes missing deliveries every minute, and removes deliveries every hour that were finished more than 30 days ago. */
export function keepOutbox(
  dispatch: Ports['dispatch'],
  logger: Pick<Logger, 'warn' | 'error'>,
): OutboxKeeper {
  const running = new Set<Promise<void>>()
  let repaired = 0

  async function repair(): Promise<void> {
    const count = await dispatch.repair(HOUR_MS)
    repaired += count
    if (count > 0) logger.error({ count }, 'Missing deliveries were found and written')
  }

  function attempt(work: () => Promise<unknown>): void {
    const attempted = work().then(
      () => {},
      (error: unknown) => logger.warn({ err: error }, 'The maintenance of the outbox failed'),
    )
    running.add(attempted)
    void attempted.then(() => running.delete(attempted))
  }

  const clean = (): Promise<number> => removeFinished(dispatch, RETENTION_MS)
  const timers = [
    setInterval(() => attempt(repair), MINUTE_MS).unref(),
    setInterval(() => attempt(clean), HOUR_MS).unref(),
  ]
  attempt(repair)
  attempt(clean)
  return {
    get repaired() {
      return repaired
    },
    async end() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}
