import { type AttachmentId, requireAttachments } from '@daftari/domain'
import type { Clock } from '../kernel/ports.ts'
import type { Transaction } from '../ports.ts'

/** Links the files that a record names, for good. Naming none costs nothing. @throws attachment_not_found */
export async function linkAttachments(
  tx: Transaction,
  named: readonly AttachmentId[],
  clock: Clock,
): Promise<void> {
  if (named.length === 0) return
  const existing = await tx.attachments.findMany(named)
  requireAttachments(named, existing, clock.now())
  tx.attachments.link(named, clock.now())
}
