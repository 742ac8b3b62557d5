import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedFile } from '@daftari/application'
import { type FileKey, parseFileKey } from '@daftari/domain'
import { absent } from '../receiving/spool.ts'
import { SIDE_CAR } from './file-paths.ts'

/** Owner, year and month; the files are below. */
const FOLDERS = 3

/** The next files behind `after`, in the order of their keys. */
export async function listFolder(
  root: string,
  after: FileKey | null,
  limit: number,
): Promise<readonly ListedFile[]> {
  const listed: ListedFile[] = []
  for await (const key of keysBehind(root, after ?? '', '')) {
    if (listed.length === limit) break
    listed.push({ key, sizeBytes: await sizeOf(join(root, key)) })
  }
  return listed
}

async function* keysBehind(root: string, after: string, prefix: string): AsyncGenerator<FileKey> {
  const isMonth = prefix.split('/').length > FOLDERS
  for (const name of await namesIn(join(root, prefix), isMonth)) {
    const path = prefix + name
    // A folder that ends before the key begins is not looked into.
    if (path < after.slice(0, path.length)) continue
    if (!isMonth) yield* keysBehind(root, after, `${path}/`)
    else if (isKey(path) && path > after) yield path
  }
}

/** In order: of folders those that are no links, of a month the files, each once though it has a side-car. */
async function namesIn(folder: string, isMonth: boolean): Promise<readonly string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? []
  if (!isMonth)
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
  const files = entries.filter((entry) => entry.isFile())
  return [...new Set(files.map(({ name }) => name.replace(SIDE_CAR, '')))].sort()
}

function isKey(path: string): path is FileKey {
  return parseFileKey(path) !== null
}

async function sizeOf(path: string): Promise<number> {
  return (await lstat(path).catch(absent))?.size ?? 0
}
