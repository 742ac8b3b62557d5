import { isUsable, type KeyScope } from '@daftari/domain'
import type { Ports } from '../ports.ts'
import { isKeyText } from './key-text.ts'
import type { KnownKeys } from './known-keys.ts'
import type { NoteUse } from './note-use.ts'

type Deps = Pick<Ports, 'hashing' | 'clock'> & { readonly keys: KnownKeys; readonly noteUse: NoteUse }

/** Who a key stands for: what a driver builds the scope of a call from. */
export interface Authenticated {
  readonly ownerId: string
  readonly actorId: `key:${string}`
  readonly scopes: readonly KeyScope[]
}

/**
 * Whose books the key opens, or `null` when it is malformed, unknown, expired or revoked: callers cannot tell which.
 * A key is found by its hash, so how long that takes says nothing about the keys there are. A revocation counts at
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
