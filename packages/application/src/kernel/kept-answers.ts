import type { Clock } from './ports.ts'

const KEPT_MS = 5_000
const MOST_KEPT = 10_000

export interface KeptAnswers<Value> {
  /** The answer for the key. It is requested at most once in five seconds, for any number of callers. */
  get(key: string): Promise<Value>
  /** Forgets the answer, so that the next call asks again. An answer that arrives later is not stored either. */
  forget(key: string): void
  forgetAll(): void
}

interface Kept<Value> {
  readonly answer: Promise<Value>
  readonly until: number
}

/**
 * Caches answers for five seconds, at most ten thousand. Failures are not cached, and neither are `worthless` answers,
 * because an attacker who guesses keys could fill the cache with them. When the clock is set back, every cached answer
 * expires.
 */
export function keptAnswers<Value>(
  clock: Clock,
  ask: (key: string) => Promise<Value>,
  worthless: (value: Value) => boolean = () => false,
): KeptAnswers<Value> {
  const kept = new Map<string, Kept<Value>>()

  function askAnew(key: string, moment: number): Promise<Value> {
    const entry = { answer: ask(key), until: moment + KEPT_MS }
    // Removes this answer only: there may be a newer one under the key by now.
    const forget = (): void => {
      if (kept.get(key) === entry) kept.delete(key)
    }
    entry.answer.then((value) => worthless(value) && forget(), forget)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, entry)
    return entry.answer
  }

  return {
    get(key) {
      const known = kept.get(key)
      const moment = clock.now()
      const isFresh = known !== undefined && moment < known.until && known.until <= moment + KEPT_MS
      return isFresh ? known.answer : askAnew(key, moment)
    },
    forget: (key) => void kept.delete(key),
    forgetAll: () => kept.clear(),
  }
}
