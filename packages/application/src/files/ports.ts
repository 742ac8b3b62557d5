import type { Attachment, AttachmentId, Instant } from '@daftari/domain'

export interface AttachmentRepository {
  /** The files among `ids` that are there, each once though it be named twice, in no promised order. */
  findMany(ids: readonly AttachmentId[]): Promise<readonly Attachment[]>
  insert(attachment: Attachment): void
  /**
   * Marks the files as linked, for good; one that is linked already stays as it is, and one may be named twice. One
   * that is not there makes `transact` throw `attachment_not_found`, and none is marked.
   */
  link(ids: readonly AttachmentId[], at: Instant): void
}

/** What a transaction has of this context. */
export interface FilesTransaction {
  readonly attachments: AttachmentRepository
}
