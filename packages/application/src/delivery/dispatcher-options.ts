import { doubling, STANDARD_SCHEDULE_MS } from './retry-schedule.ts'

export interface DispatcherOptions {
  /** How many deliveries of one subscription are claimed at once (100). */
  readonly batchSize?: number
  /** How long to wait for a wake-up before looking for due deliveries anyway (1,000). */
  readonly pollMs?: number
  /** How long one attempt may take (15,000). */
  readonly timeoutMs?: number
  /** How long shards stay leased when the lease is not renewed (30,000, and at least twice `timeoutMs`). */
  readonly leaseMs?: number
  /** How many attempts are under way at once (32). */
  readonly concurrency?: number
  /** How many of them are to one subscription (16). */
  readonly concurrencyPerSubscription?: number
  /** The pause after each failed attempt. When none is left, the delivery is dead. By default those of Standard Webhooks. */
  readonly retryScheduleMs?: readonly number[]
  /** Called with errors outside of attempts, such as those of the store. */
  readonly onError?: (error: unknown) => void
}

/** The options of the commands of the earlier system, under their old names and in seconds. */
export interface SeedOptions {
  readonly auto_process: boolean
  readonly batch_size: number
  readonly interval: number
  readonly max_retry_attempts: number
  readonly retry_delay: number
  readonly webhook_timeout: number
}

export const seedOptions: SeedOptions = Object.freeze({
  auto_process: false,
  batch_size: 100,
  interval: 30,
  max_retry_attempts: 3,
  retry_delay: 60,
  webhook_timeout: 30,
})

const SECOND_MS = 1000

/** One attempt and `max_retry_attempts` retries, each pause twice the one before. `auto_process` has no effect here. */
export function outboxProfile(given: Partial<SeedOptions> = {}): DispatcherOptions {
  const options = { ...seedOptions, ...given }
  return {
    batchSize: options.batch_size,
    pollMs: options.interval * SECOND_MS,
    timeoutMs: options.webhook_timeout * SECOND_MS,
    retryScheduleMs: doubling(options.max_retry_attempts, options.retry_delay * SECOND_MS),
  }
}

export type ResolvedOptions = Required<DispatcherOptions>

export function withDefaults(options: DispatcherOptions): ResolvedOptions {
  const timeoutMs = options.timeoutMs ?? 15_000
  return {
    batchSize: options.batchSize ?? 100,
    pollMs: options.pollMs ?? 1000,
    timeoutMs,
    leaseMs: Math.max(options.leaseMs ?? 30_000, 2 * timeoutMs),
    concurrency: options.concurrency ?? 32,
    concurrencyPerSubscription: options.concurrencyPerSubscription ?? 16,
    retryScheduleMs: options.retryScheduleMs ?? STANDARD_SCHEDULE_MS,
    onError: options.onError ?? (() => {}),
  }
}
