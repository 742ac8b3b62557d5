import { doubling, STANDARD_SCHEDULE_MS } from './retry-schedule.ts'

export interface DispatcherOptions {
  /** How many deliveries of one subscription are claimed ahead (100). */
  readonly batchSize?: number
  /** How long to wait for a wake-up before looking by itself (1,000). */
  readonly pollMs?: number
  /** How long one attempt may take (15,000). */
  readonly timeoutMs?: number
  /** How long shards are held without being renewed (30,000, and at least twice `timeoutMs`). */
  readonly leaseMs?: number
  /** How many attempts are under way at once (32). */
  readonly concurrency?: number
  /** How many of them to one subscription (16). */
  readonly concurrencyPerSubscription?: number
  /** The pauses after each failed attempt; after the last of them the delivery is dead. By default those of Standard Webhooks. */
  readonly retryScheduleMs?: readonly number[]
  /** Told of what went wrong outside any delivery. */
  readonly onError?: (error: unknown) => void
}

/** The options of the commands that came before, under their names, in seconds. */
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

/** The first attempt, then so many retries, each pause twice the one before. `auto_process` is for who starts a dispatcher. */
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
