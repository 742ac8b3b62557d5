import { lstat, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const OWNER_ONLY = 0o700

/** Windows has no way to do this, and does it by itself. */
const canSyncFolders = process.platform !== 'win32'

/** Waits until the names in the folder would survive a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  if (!canSyncFolders) return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes one folder after the other, each in the one before. A symbolic link in place of one is refused. */
export async function makeFolders(root: string, names: readonly string[]): Promise<string> {
  let folder = root
  for (const name of names) {
    folder = join(folder, name)
    if (await makeFolder(folder)) await syncFolder(dirname(folder))
    const found = await lstat(folder)
    if (!found.isDirectory()) throw new Error(`in place of the folder ${folder} there is something else`)
  }
  return folder
}

/** Whether there was none before. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, OWNER_ONLY)
    return true
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'EEXIST') return false
    throw failure
  }
}
