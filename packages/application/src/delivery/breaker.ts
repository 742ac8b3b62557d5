/** After so many failures in a row a subscription is shut off. */
export const BREAKER_OPENS_AFTER = 10

const SECOND_MS = 1000

/** How long it is shut off at first, and after each failed probe. The last pause is that of all further probes. */
export const BREAKER_PAUSES_MS: readonly number[] = [30, 60, 120, 240, 360].map((step) => step * SECOND_MS)

/** How long a subscription is shut off after so many failures in a row; 0 while they are too few. */
export function backOffMs(consecutiveFailures: number): number {
  const beyond = consecutiveFailures - BREAKER_OPENS_AFTER
  return beyond < 0 ? 0 : (BREAKER_PAUSES_MS[beyond] ?? BREAKER_PAUSES_MS.at(-1) ?? 0)
}
