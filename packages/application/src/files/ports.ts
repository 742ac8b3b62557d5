import type { Attachment, AttachmentId, Instant } from '@daftari/domain'
import type { FileStore } from './file-store.ts'

export interface AttachmentRepository {
  find(id: AttachmentId): Promise<Attachment | null>
  /** The files among `ids` that are there, each once though it be named twice, in no promised order. */
  findMany(ids: readonly AttachmentId[]): Promise<readonly Attachment[]>
  insert(attachment: Attachment): void
  /**
   * Marks the files as linked, for good; one that is linked already stays as it is, and one may be named twice. One
   * that is not there makes `transact` throw `attachment_not_found`, and none is marked.
   */
  link(ids: readonly AttachmentId[], at: Instant): void
  /** Removes a staged file. One that is linked, or not there, makes `transact` throw `attachment_in_use`. */
  delete(attachment: Attachment): void
  /**
   * Notes that the bytes now lie in another store. A file that is not in the store named by `attachment`, or not
   * there, makes `transact` throw `concurrent_change`.
   */
  relocate(attachment: Attachment, storeId: string): void
}

export interface AttachmentQueries {
  find(ownerId: string, id: AttachmentId): Promise<Attachment | null>
}

export interface OwnedAttachment {
  readonly ownerId: string
  readonly attachment: Attachment
}

/** Looks at the files of all owners, for the upkeep of stores. Only committed files are seen. */
export interface FileUpkeep {
  /** Staged files whose time was over at `now`, the first to expire first, at most `limit`. */
  listExpired(now: Instant, limit: number): Promise<readonly OwnedAttachment[]>
  /** The next files behind `after`, or the first, by owner and id, at most `limit` of them; fewer only at the end. */
  list(
    after: { readonly ownerId: string; readonly id: string } | null,
    limit: number,
  ): Promise<readonly OwnedAttachment[]>
}

/** What a transaction has of this context. */
export interface FilesTransaction {
  readonly attachments: AttachmentRepository
}

export interface FilesReads {
  readonly attachments: AttachmentQueries
}

export interface FilesPorts {
  /** Takes new files, and has the stored ones. */
  readonly files: FileStore
  /** Each store by itself, the first being where all files should lie. */
  readonly fileStores: readonly FileStore[]
  readonly fileUpkeep: FileUpkeep
}
