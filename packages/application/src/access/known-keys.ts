import type { Ports } from '../ports.ts'
import type { OwnedApiKey } from './ports.ts'

const KEPT_MS = 5_000
const MOST_KEYS = 10_000

/** The keys that calls come in with: each read once in five seconds, so a key revoked elsewhere opens no longer than that. */
export interface KnownKeys {
  find(hash: string): Promise<OwnedApiKey | null>
  /** Reads every key anew next time, those being read at the moment included. */
  forgetAll(): void
}

export function knownKeys({ queries, clock }: Pick<Ports, 'queries' | 'clock'>): KnownKeys {
  const kept = new Map<string, { readonly key: Promise<OwnedApiKey | null>; readonly until: number }>()

  function read(hash: string, now: number): Promise<OwnedApiKey | null> {
    const entry = { key: queries.access.findKeyByHash(hash), until: now + KEPT_MS }
    const forget = (): void => {
      if (kept.get(hash) === entry) kept.delete(hash)
    }
    // Absence is not kept: whoever guesses keys would drive out the real ones.
    entry.key.then((key) => key === null && forget(), forget)
    if (kept.size >= MOST_KEYS) kept.clear()
    kept.set(hash, entry)
    return entry.key
  }

  return {
    find(hash) {
      const known = kept.get(hash)
      const now = clock.now()
      const isFresh = known !== undefined && now < known.until && known.until <= now + KEPT_MS
      return isFresh ? known.key : read(hash, now)
    },
    forgetAll: () => kept.clear(),
  }
}
