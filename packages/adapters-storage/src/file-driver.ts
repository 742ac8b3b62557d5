import type { ByteRange, ListedFile, ReceivedFile, StoredFile } from '@daftari/application'
import type { FileKey, Instant } from '@daftari/domain'

/** What a store has to give to be put behind the guard, which checks keys, marks and ranges and names the refusals. */
export interface FileDriver {
  /** The id as it stands in the store now. */
  storeId(): Promise<string | null>
  mark(id: string): Promise<void>
  receive(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<ReceivedFile | null>
  /** Stores what `read` gives: as many bytes as were received, or it throws. The driver may know a shorter way. */
  put(key: FileKey, file: ReceivedFile, read: ReadPieces, contentType: string): Promise<void>
  stat(key: FileKey): Promise<StoredFile | null>
  /** What `stat` says of the size alone, where that is less to look up. */
  sizeOf(key: FileKey): Promise<number | null>
  /** Of a file that is there. Nothing is opened before the first piece is asked for. */
  read(key: FileKey, range: ByteRange): AsyncIterable<Uint8Array>
  delete(key: FileKey): Promise<void>
  list(after: FileKey | null, limit: number): Promise<readonly ListedFile[]>
  sweepUnfinished(before: Instant): Promise<number>
  close(): Promise<void>
  /** The code that a failure of the store means; `null` for one that means a fault in the program. */
  refusal(failure: unknown): 'unavailable' | 'storage_full' | null
}

export type ReadPieces = () => AsyncIterable<Uint8Array>
