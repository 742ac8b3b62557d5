import { chmod, lchown, lstat, mkdir, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { hasCode } from './has-code.ts'
import { isRoot } from './server-user.ts'

/** Creates the directory when it is missing, and returns its real path. Each new level gets the owner of its parent. */
export async function createDataDir(path: string): Promise<string> {
  await create(resolve(path))
  return realpath(path)
}

async function create(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return
    if (!hasCode(error, 'ENOENT')) throw error
    await create(dirname(path))
    return create(path)
  }
  if (!isRoot()) return
  // The user of the server, who is not root, must be able to enter it.
  await chmod(path, 0o755)
  const { uid, gid } = await lstat(dirname(path))
  if (uid !== 0) await lchown(path, uid, gid)
}
