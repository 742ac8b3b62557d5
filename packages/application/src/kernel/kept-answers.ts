import type { Clock } from './ports.ts'

const KEPT_MS = 5_000
const MOST_KEPT = 10_000

export interface KeptAnswers<Value> {
  /** The answer for the key, asked for once in five seconds however many want it. */
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
 * Caches answers for five seconds, ten thousand at most. Failures are not cached. `worthless` answers are not either,
 * because somebody who guesses keys could fill the cache with them. A clock that is set back makes every answer old.
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
