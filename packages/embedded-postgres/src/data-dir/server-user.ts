import { lstat } from 'node:fs/promises'
import { hasCode } from './has-code.ts'

/** PostgreSQL refuses to run as root, so a process of root has to name somebody else. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

export const NOBODY: ServerUser = { uid: 65534, gid: 65534 }

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * Yourself; for root, the first owner among `places` who is not root, else nobody. Not `postgres` by name:
 * it would share its uid with a server of the distribution.
 */
export async function chooseServerUser(places: readonly string[]): Promise<ServerUser> {
  if (!isRoot()) return { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 }
  for (const place of places) {
    const owner = await findOwner(place)
    if (owner !== null && owner.uid !== 0) return owner
  }
  return NOBODY
}

export async function findOwner(path: string): Promise<ServerUser | null> {
  try {
    const { uid, gid } = await lstat(path)
    return { uid, gid }
  } catch (error) {
    // Only ENOENT means absent: taking EACCES for it would start a second, empty database.
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** What `spawn` needs to become this user; nothing when we are it. */
export function identityOf(user: ServerUser): { uid?: number; gid?: number } {
  return process.getuid?.() === user.uid ? {} : { uid: user.uid, gid: user.gid }
}
