import { lchown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServerUser } from './server-user.ts'

/** Changes the owner of these files, and of everything in these directories. Only root can do that. */
export async function handOver(paths: readonly string[], user: ServerUser): Promise<void> {
  for (const path of paths) {
    await lchown(path, user.uid, user.gid)
    const isDirectory = (await lstat(path)).isDirectory()
    if (isDirectory)
      await handOver(
        (await readdir(path)).map((name) => join(path, name)),
        user,
      )
  }
}
