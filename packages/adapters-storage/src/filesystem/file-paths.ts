import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import type { FileKey } from '@daftari/domain'
import { absent } from '../receiving/spool.ts'

/** What the name of a side-car ends with. */
export const SIDE_CAR = '.meta'

/** The path that a file has, without looking whether it is there. */
export function pathOf(root: string, key: FileKey): string {
  return join(root, ...key.split('/'))
}

/** The path of a file, or `null` when its folder is not there. @throws Error when a symbolic link lies on the way */
export async function existingPath(root: string, key: FileKey): Promise<string | null> {
  const path = pathOf(root, key)
  const [realRoot, realFolder] = await Promise.all(
    [root, dirname(path)].map((folder) => realpath(folder).catch(absent)),
  )
  if (!realRoot || !realFolder) return null
  if (join(realFolder, sep) !== join(realRoot, dirname(key), sep)) {
    throw new Error(`a symbolic link lies on the way to ${key}`)
  }
  return path
}

/** The size of the file at the path, or `null` when there is none. @throws Error when it is something else */
export async function sizeAt(path: string, key: FileKey): Promise<number | null> {
  const found = await lstat(path).catch(absent)
  if (found !== null && !found.isFile()) throw new Error(`under ${key} lies something that is no file`)
  return found?.size ?? null
}
