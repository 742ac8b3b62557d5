import type { FileKey, Instant } from '@daftari/domain'

// Where the bytes of attachments lie. That there is a file, whose it is and what it is called stands in the books; a
// store only knows keys. Whatever it cannot do at the moment is refused with `unavailable` or `storage_full`, and then
// nothing is stored and nothing is left of the attempt.

/** Bytes taken in and not yet stored, with what there is to know about them. They belong to whoever received them. */
export interface ReceivedFile {
  readonly sizeBytes: number
  /** SHA-256 of the bytes, in lower case hexadecimal. */
  readonly sha256: string
  /** The first 4,096 bytes, or all of them where there are fewer. */
  readonly head: Uint8Array
  /** The bytes from the beginning, each time it is called; until they are stored or discarded. */
  read(): AsyncIterable<Uint8Array>
  /** Gives up the bytes; doing so again, or after they were stored, does nothing. */
  discard(): Promise<void>
}

/** What a store says of a file. */
export interface StoredFile {
  /** How many bytes there are, counted where they lie. */
  readonly sizeBytes: number
  /** As given when it was stored; `null` where that can no longer be read. */
  readonly sha256: string | null
  readonly contentType: string | null
}

/** A part of a file: so many bytes from this one on. */
export interface ByteRange {
  readonly offset: number
  readonly length: number
}

export interface ListedFile {
  readonly key: FileKey
  readonly sizeBytes: number
}

/**
 * Keeps files under their keys. A store is known by the id that it was marked with. Without one, it takes nothing in
 * and misses nothing: whatever would write, list, or find that a file is not there is refused with `unavailable`,
 * because a folder in which the id is missing is probably one whose disk is not mounted.
 *
 * Whoever asks for one file may add the id of the store that its row names. It matters to a store that is made of
 * several, which asks that one first; a single store does without.
 */
export interface FileStore {
  /** What the store was marked with, as it stands there now; `null` before. */
  storeId(): Promise<string | null>
  /** Marks the store with the id unless it is marked already, and gives the id that it then has. */
  mark(id: string): Promise<string>
  /**
   * Takes the pieces in, as they come, and keeps them where nobody finds them. `null` when they are more than
   * `limitBytes`; the rest is then not asked for. A failure of the pieces is thrown as it is.
   */
  receive(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<ReceivedFile | null>
  /**
   * Stores the bytes under the key and gives the id of the store that has them. Either all of them are there when it
   * returns, and survive a loss of power, or none. What was under the key is replaced as a whole. The bytes may have
   * been received by any store; they are given up once they are stored, and kept when that is refused.
   */
  put(key: FileKey, file: ReceivedFile, contentType: string): Promise<string>
  /**
   * The bytes under the key, or `null` when there are none. A range ends where the file ends, and gives nothing when it
   * begins behind that. Whoever stops reading leaves nothing open; a failure on the way throws, and never looks like an
   * end.
   */
  read(key: FileKey, range?: ByteRange, storeId?: string): Promise<AsyncIterable<Uint8Array> | null>
  /** What is known of the file under the key without reading it, or `null` when there is none. */
  stat(key: FileKey, storeId?: string): Promise<StoredFile | null>
  /**
   * Removes the file for good, wherever it is unless `storeId` says where. A key under which there is nothing is no
   * fault.
   */
  delete(key: FileKey, storeId?: string): Promise<void>
  /**
   * The next files behind `after`, or the first, in the order of their keys, at most `limit` of them; fewer only at the
   * end. What lies there under a name that is no key is passed over; what is left of a file under its key is listed.
   */
  list(after: FileKey | null, limit: number): Promise<readonly ListedFile[]>
  /**
   * Removes what a process that died left behind: bytes that nobody added to since `before` and that were never stored.
   * Gives how many such leftovers it removed.
   */
  sweepUnfinished(before: Instant): Promise<number>
  /** Lets go of connections. The store is not used afterwards. */
  close(): Promise<void>
}

/** What a link offers its reader. */
export interface LinkOptions {
  readonly expiresInSeconds: number
  /** Under which name the file is saved. */
  readonly fileName: string
}

/** A store that hands out files by itself, to whoever has a link. */
export interface LinkingFileStore extends FileStore {
  /**
   * A URL at which anybody can download the file, without a key, until it expires: as bytes of no special type, to be
   * saved and not shown. It is made without asking whether the file is there, and altering it makes it worthless.
   */
  link(key: FileKey, options: LinkOptions): Promise<string>
}
