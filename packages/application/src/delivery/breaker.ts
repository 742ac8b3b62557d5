/** So many failures in a row shut a subscription off. */
export const BREAKER_OPENS_AFTER = 10

const SECOND_MS = 1000

/** How long it is left alone then, and after each probe that failed; the last for all that follow. */
export const BREAKER_PAUSES_MS: readonly number[] = [30, 60, 120, 240, 360].map((step) => step * SECOND_MS)

/** How long a subscription is left alone after so many failures in a row; 0: not at all. */
export function backOffMs(consecutiveFailures: number): number {
  const beyond = consecutiveFailures - BREAKER_OPENS_AFTER
  return beyond < 0 ? 0 : (BREAKER_PAUSES_MS[beyond] ?? BREAKER_PAUSES_MS.at(-1) ?? 0)
}
