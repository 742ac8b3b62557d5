const LONGEST_MS = 24 * 3_600_000
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .{1,40}$/

/** How long a `Retry-After` asks to wait, 24 hours at most; `null` when it is neither seconds nor an HTTP date. */
export function retryAfterMs(value: string, nowMs: number): number | null {
  const text = value.trim()
  if (/^\d{1,15}$/.test(text)) return Math.min(Number(text) * 1_000, LONGEST_MS)
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.min(Math.max(at - nowMs, 0), LONGEST_MS)
}
