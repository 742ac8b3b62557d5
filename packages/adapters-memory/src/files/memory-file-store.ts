import { createHash, randomUUID } from 'node:crypto'
import type {
  ByteRange,
  Clock,
  LinkingFileStore,
  LinkOptions,
  ReceivedFile,
  StoredFile,
} from '@daftari/application'
import { DomainError, FILE_HEAD_BYTES, type FileKey, parseFileKey } from '@daftari/domain'
import { systemClock } from '@daftari/machine'

/** What somebody gets who follows a link. */
export interface Followed {
  readonly contentType: string
  /** Under which name it is to be saved. */
  readonly fileName: string
  readonly bytes: Uint8Array
}

export interface MemoryFileStore extends LinkingFileStore {
  /** What is behind a link; `null` when it has expired, was altered, or leads to no file. */
  follow(url: string): Followed | null
}

interface Entry {
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly contentType: string
}

interface Link extends LinkOptions {
  readonly key: FileKey
  readonly expiresAt: number
}

/** Files in memory, for tests. They live as long as the object. */
export function memoryFileStore({ clock = systemClock }: { readonly clock?: Clock } = {}): MemoryFileStore {
  const files = new Map<FileKey, Entry>()
  const links = new Map<string, Link>()
  let storeId: string | null = null

  function requireMark(): string {
    if (storeId === null)
      throw new DomainError('unavailable', {}, { message: 'The file store is not marked.' })
    return storeId
  }

  function entryOf(key: FileKey): Entry | null {
    requireKey(key)
    requireMark()
    return files.get(key) ?? null
  }

  return {
    storeId: async () => storeId,
    async mark(id) {
      storeId ??= id
      return storeId
    },
    async receive(pieces, limitBytes) {
      requireMark()
      const bytes = await collected(pieces, limitBytes)
      return bytes === null ? null : receivedFile(bytes)
    },
    async put(key, file, contentType) {
      requireKey(key)
      const id = requireMark()
      const bytes = await collected(file.read(), file.sizeBytes)
      if (bytes === null || bytes.length !== file.sizeBytes || sha256(bytes) !== file.sha256) {
        throw new Error(`the bytes received for ${key} are not what was said of them`)
      }
      files.set(key, { bytes, sha256: file.sha256, contentType })
      await file.discard()
      return id
    },
    async read(key, range) {
      const entry = entryOf(key)
      return entry === null ? null : pieceOf(part(entry.bytes, range))
    },
    async stat(key): Promise<StoredFile | null> {
      const entry = entryOf(key)
      if (entry === null) return null
      return { sizeBytes: entry.bytes.length, sha256: entry.sha256, contentType: entry.contentType }
    },
    async delete(key) {
      if (entryOf(key) !== null) files.delete(key)
    },
    async list(after, limit) {
      requireMark()
      return [...files]
        .filter(([key]) => after === null || key > after)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .slice(0, limit)
        .map(([key, { bytes }]) => ({ key, sizeBytes: bytes.length }))
    },
    // What a process leaves in its memory ends with it.
    async sweepUnfinished() {
      requireMark()
      return 0
    },
    async link(key, options) {
      requireKey(key)
      const url = `memory:${randomUUID()}`
      links.set(url, { ...options, key, expiresAt: clock.now() + options.expiresInSeconds * 1_000 })
      return url
    },
    follow(url) {
      const link = links.get(url)
      if (link === undefined || link.expiresAt <= clock.now()) return null
      const entry = entryOf(link.key)
      if (entry === null) return null
      return { contentType: 'application/octet-stream', fileName: link.fileName, bytes: entry.bytes.slice() }
    },
    close: async () => undefined,
  }
}

function requireKey(key: FileKey): void {
  if (parseFileKey(key) === null) throw new RangeError(`"${key}" is not the key of a file`)
}

function receivedFile(bytes: Uint8Array): ReceivedFile {
  let held: Uint8Array | null = bytes
  return {
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
    head: bytes.slice(0, FILE_HEAD_BYTES),
    read() {
      if (held === null) throw new Error('the bytes were stored or discarded')
      return pieceOf(held)
    },
    async discard() {
      held = null
    },
  }
}

/** All pieces as one, or `null` when they are more than so many bytes. */
async function collected(
  pieces: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const taken: Uint8Array[] = []
  let sizeBytes = 0
  for await (const piece of pieces) {
    sizeBytes += piece.length
    if (sizeBytes > limitBytes) return null
    // A copy: whoever sends may use the same memory for the next piece.
    taken.push(piece.slice())
  }
  const bytes = new Uint8Array(sizeBytes)
  let at = 0
  for (const piece of taken) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

function part(bytes: Uint8Array, range: ByteRange | undefined): Uint8Array {
  return range === undefined ? bytes : bytes.subarray(range.offset, range.offset + range.length)
}

async function* pieceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes.slice()
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
