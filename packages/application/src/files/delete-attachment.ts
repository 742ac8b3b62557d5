import { type AttachmentId, fileKey, isDomainError, removeAttachment } from '@daftari/domain'
import { found, idOf } from '../kernel/input/found.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Ports } from '../ports.ts'
import type { AttachmentTarget } from './attachment-shapes.ts'

/**
 * Removes a file that nothing ever linked: first from the books, then its bytes. Bytes that cannot be removed now
 * have no row, and the sweep removes them.
 * @throws not_found, attachment_in_use
 */
export function deleteAttachment({
  unitOfWork,
  files,
  clock,
}: Pick<Ports, 'unitOfWork' | 'files' | 'clock'>) {
  return async function deleteAttachment(
    scope: TransactionScope,
    { attachmentId }: AttachmentTarget,
  ): Promise<Record<string, never>> {
    const id = idOf<AttachmentId>('attachment', attachmentId)
    let storeId: string | undefined
    await unitOfWork.transact(scope, async (tx) => {
      const attachment = found('attachment', id, await tx.attachments.find(id))
      tx.events.append([removeAttachment(attachment, clock.now())])
      tx.attachments.delete(attachment)
      storeId = attachment.storeId
      return {}
    })
    try {
      await files.delete(fileKey(scope.ownerId, id), storeId)
    } catch (error) {
      if (!isDomainError(error)) throw error
    }
    return {}
  }
}
