import { type FileKey, type FilePlace, fileKey, parseFileKey } from '@daftari/domain'
import type { Ports } from '../ports.ts'
import type { FileStore, ListedFile } from './file-store.ts'
import type { FileUpkeep, OwnedAttachment } from './ports.ts'

const PAGE = 500

/** One file, as the books know it, as it lies in the store, or both. */
export type Compared =
  | { readonly key: FileKey; readonly row: OwnedAttachment; readonly stored: ListedFile | null }
  | { readonly key: FileKey; readonly row: null; readonly stored: ListedFile; readonly place: FilePlace }

/**
 * All files of the books beside all files of the store, by key. Both come in the same order: the key begins with the
 * owner, and the month in it follows from the id. What changes meanwhile may be seen on one side alone.
 */
export async function* compareStore({
  files,
  fileUpkeep,
}: Pick<Ports, 'files' | 'fileUpkeep'>): AsyncGenerator<Compared> {
  const [rows, objects] = [rowsOf(fileUpkeep), objectsOf(files)]
  let [row, stored] = [await nextOf(rows), await nextOf(objects)]
  while (row !== null || stored !== null) {
    const rowKey = row === null ? null : keyOf(row)
    if (row !== null && rowKey !== null && (stored === null || rowKey <= stored.key)) {
      const isStored = stored !== null && stored.key === rowKey
      yield { key: rowKey, row, stored: isStored ? stored : null }
      row = await nextOf(rows)
      if (isStored) stored = await nextOf(objects)
    } else if (stored !== null) {
      yield alone(stored)
      stored = await nextOf(objects)
    }
  }
}

async function nextOf<Value>(values: AsyncIterator<Value, undefined>): Promise<Value | null> {
  const { done, value } = await values.next()
  return done ? null : value
}

/** Looked up again: the file may have been removed since the page of rows was read, and is then no fault. */
export async function isStillKnown(
  { queries }: Pick<Ports, 'queries'>,
  { ownerId, attachment }: OwnedAttachment,
): Promise<boolean> {
  return (await queries.attachments.find(ownerId, attachment.id)) !== null
}

export function keyOf({ ownerId, attachment }: OwnedAttachment): FileKey {
  return fileKey(ownerId, attachment.id)
}

function alone(stored: ListedFile): Compared {
  return { key: stored.key, row: null, stored, place: placeOf(stored) }
}

export function placeOf({ key }: ListedFile): FilePlace {
  const place = parseFileKey(key)
  if (place === null) throw new Error(`the store lists ${key}, which is no key`)
  return place
}

/** All files of the books, by owner and id. */
export async function* rowsOf({ list }: FileUpkeep): AsyncGenerator<OwnedAttachment, undefined> {
  for (let after: { ownerId: string; id: string } | null = null; ; ) {
    const page: readonly OwnedAttachment[] = await list(after, PAGE)
    yield* page
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = { ownerId: last.ownerId, id: last.attachment.id }
  }
}

/** All files of the store, in the order of their keys. */
export async function* objectsOf(files: FileStore): AsyncGenerator<ListedFile, undefined> {
  for (let after: FileKey | null = null; ; ) {
    const page: readonly ListedFile[] = await files.list(after, PAGE)
    yield* page
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = last.key
  }
}
