/** A subscription is shut off after this many failures in a row. */
export const BREAKER_OPENS_AFTER = 10

const SECOND_MS = 1000

/** How long a subscription is shut off at first, and after each failed probe. The last pause repeats for all further probes. */
export const BREAKER_PAUSES_MS: readonly number[] = [30, 60, 120, 240, 360].map((step) => step * SECOND_MS)

/** How long a subscription is shut off after this number of failures in a row; 0 while it is not shut off. */
export function backOffMs(consecutiveFailures: number): number {
  const beyond = consecutiveFailures - BREAKER_OPENS_AFTER
  return beyond < 0 ? 0 : (BREAKER_PAUSES_MS[beyond] ?? BREAKER_PAUSES_MS.at(-1) ?? 0)
}
