import { type Attachment, type AttachmentId, type Instant, requireAttachments } from '@daftari/domain'
import type { Transaction } from '../ports.ts'

/** Links the files that a record names, for good. Naming none costs nothing. @throws attachment_not_found */
export async function linkAttachments(
  tx: Transaction,
  named: readonly AttachmentId[],
  at: Instant,
): Promise<void> {
  requireAttachments(named, await filesNamed(tx, named), at)
  if (named.length > 0) tx.attachments.link(named, at)
}

/** The files among those named that are there. Naming none costs nothing. */
export async function filesNamed(
  tx: Transaction,
  named: readonly AttachmentId[],
): Promise<readonly Attachment[]> {
  return named.length === 0 ? [] : tx.attachments.findMany(named)
}
