import { lstat } from 'node:fs/promises'
import { hasCode } from './has-code.ts'

/** The user of the server. PostgreSQL refuses to run as root, so a process of root must choose another user. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

export const NOBODY: ServerUser = { uid: 65534, gid: 65534 }

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * The current user. For root, it is the first owner of `places` who is not root, otherwise the user `nobody`. The user
 * `postgres` is not used, because a server of the distribution may run as it.
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
    // Only ENOENT means that the folder is absent. Treating EACCES the same way would start a second, empty database.
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** The options of `spawn` to run as this user; empty when it is the current user. */
export function identityOf(user: ServerUser): { uid?: number; gid?: number } {
  return process.getuid?.() === user.uid ? {} : { uid: user.uid, gid: user.gid }
}
