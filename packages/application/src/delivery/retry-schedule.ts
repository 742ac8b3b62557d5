const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The pauses that Standard Webhooks recommends: ten attempts in three days. */
export const STANDARD_SCHEDULE_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
]

const JITTER = 0.2
const BYTE = 256

/** The pause, up to a fifth shorter or longer, so that deliveries that failed together are not all retried together. */
export function jittered(pauseMs: number, byte: number): number {
  return Math.round(pauseMs * (1 - JITTER + (2 * JITTER * byte) / (BYTE - 1)))
}

/** The pauses of a number of retries, each twice as long as the one before. */
export function doubling(retries: number, firstMs: number): readonly number[] {
  return Array.from({ length: retries }, (_, index) => firstMs * 2 ** index)
}
