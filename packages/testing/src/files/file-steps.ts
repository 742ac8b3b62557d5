import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { FileStore, ReceivedFile } from '@daftari/application'
import { type FileKey, fileKey } from '@daftari/domain'
import { freshId } from '../kernel/fresh.ts'

/** What the contract of a file store runs with: a store that nobody has marked or put anything into. */
export interface FilePorts {
  readonly files: FileStore
}

export const PDF = 'application/pdf'

/** More than any file of the contract. */
export const LIMIT_BYTES: number = 16 * 2 ** 20

/** The store of a case, marked. */
export async function markedStore({ files }: FilePorts): Promise<FileStore> {
  await files.mark(freshId())
  return files
}

export function freshKey(ownerId: string = freshId()): FileKey {
  return fileKey(ownerId, freshId())
}

/** So many bytes, of which no two places look alike. */
export function someBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count)
  let state = count + 1
  for (let at = 0; at < count; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

/** The bytes in pieces of this size, in memory that is used again for each. */
export async function* inPieces(bytes: Uint8Array, pieceBytes = 65_536): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(pieceBytes)
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const part = bytes.subarray(at, at + pieceBytes)
    piece.set(part)
    yield piece.subarray(0, part.length)
  }
}

export async function received(
  files: FileStore,
  bytes: Uint8Array,
  pieceBytes?: number,
): Promise<ReceivedFile> {
  const file = await files.receive(inPieces(bytes, pieceBytes), LIMIT_BYTES)
  assert.ok(file, 'the file is taken for too large')
  return file
}

/** Stores the bytes, under a new key unless one is given. */
export async function stored(
  files: FileStore,
  bytes: Uint8Array,
  key: FileKey = freshKey(),
  contentType: string = PDF,
): Promise<FileKey> {
  await files.put(key, await received(files, bytes), contentType)
  return key
}

export async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(Uint8Array.from(piece))
  return Uint8Array.from(Buffer.concat(all))
}

/** What is under the key, or `null`. */
export async function bytesUnder(
  files: FileStore,
  key: FileKey,
  range?: { readonly offset: number; readonly length: number },
): Promise<Uint8Array | null> {
  const pieces = await files.read(key, range)
  return pieces === null ? null : joined(pieces)
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Bytes that some other store took in. */
export interface ForeignFile extends ReceivedFile {
  readonly isDiscarded: () => boolean
}

export function foreignFile(bytes: Uint8Array, said: Partial<ReceivedFile> = {}): ForeignFile {
  let isDiscarded = false
  return {
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
    head: bytes.slice(0, 4_096),
    read: () => inPieces(bytes),
    async discard() {
      isDiscarded = true
    },
    ...said,
    isDiscarded: () => isDiscarded,
  }
}

/** Demands these bytes; a failure tells how many there are, since a list of all differences could fill the memory. */
export function assertBytes(found: Uint8Array | null | undefined, expected: Uint8Array, what = ''): void {
  assert.ok(found, `there are no bytes ${what}`)
  const isSame = Buffer.from(expected).equals(found)
  assert.ok(isSame, `${found.length} bytes are not the ${expected.length} expected ${what}`)
}
