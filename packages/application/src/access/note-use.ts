import type { Instant } from '@daftari/domain'
import type { Ports } from '../ports.ts'
import type { OwnedApiKey } from './ports.ts'

const EVERY_MS = 60_000
const MOST_KEYS = 10_000

/** Stores the time of the last use of a key, at most once a minute from this process. */
export type NoteUse = (used: OwnedApiKey, now: Instant) => Promise<void>

export function noteUse({ keyUses }: Pick<Ports, 'keyUses'>): NoteUse {
  const noted = new Map<string, Instant>()

  return async function noteUse({ ownerId, key, lastUsedAt }, now) {
    const last = Math.max(noted.get(key.id) ?? 0, lastUsedAt ?? 0)
    if (now - last < EVERY_MS) return
    if (noted.size >= MOST_KEYS) noted.clear()
    noted.set(key.id, now)
    try {
      await keyUses.note(ownerId, key.id, now)
    } catch {
      // A failure to store the last use, for example on a full disk, must not lock out a valid key.
    }
  }
}
