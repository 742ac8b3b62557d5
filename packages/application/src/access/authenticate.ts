import { isUsable, type KeyScope } from '@daftari/domain'
import type { Ports } from '../ports.ts'
import { isKeyText } from './key-text.ts'
import type { KnownKeys } from './known-keys.ts'
import type { NoteUse } from './note-use.ts'

type Deps = Pick<Ports, 'hashing' | 'clock'> & { readonly keys: KnownKeys; readonly noteUse: NoteUse }

/** The owner and the permissions of a key. A driver builds the scope of a call from it. */
export interface Authenticated {
  readonly ownerId: string
  readonly actorId: `key:${string}`
  readonly scopes: readonly KeyScope[]
}

/**
 * The owner and permissions of the key, or `null` when it is malformed, unknown, expired or revoked; the caller is not
 * told which. The key is looked up by its hash, so the time that this takes reveals nothing about other keys. A revocation counts at
 * once in this process and within five seconds in another.
 */
export function authenticate({ hashing, clock, keys, noteUse }: Deps) {
  return async function authenticate(keyText: string): Promise<Authenticated | null> {
    if (!isKeyText(keyText)) return null
    const found = await keys.get(hashing.sha256(keyText))
    const now = clock.now()
    if (found === null || !isUsable(found.key, now)) return null
    await noteUse(found, now)
    const { ownerId, key } = found
    return { ownerId, actorId: `key:${key.id}`, scopes: key.scopes }
  }
}
