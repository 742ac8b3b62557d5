import { type Attachment, type AttachmentId, DomainError, fileKey } from '@daftari/domain'
import { found, idOf } from '../kernel/input/found.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type AttachmentContent, attachmentJson, type ReadAttachmentInput } from './attachment-shapes.ts'
import type { ByteRange } from './file-store.ts'
import { verifiedBytes } from './verified-bytes.ts'

/** The bytes of a file. @throws not_found, file_damaged */
export function readAttachment(deps: Pick<Ports, 'queries' | 'files' | 'hashing'>) {
  return async function readAttachment(
    { ownerId }: Scope,
    { attachmentId, range }: ReadAttachmentInput,
  ): Promise<AttachmentContent> {
    const id = idOf<AttachmentId>('attachment', attachmentId)
    const attachment = found('attachment', id, await deps.queries.attachments.find(ownerId, id))
    return contentOf(deps, ownerId, attachment, range)
  }
}

/** @throws file_damaged */
export async function contentOf(
  { files, hashing }: Pick<Ports, 'files' | 'hashing'>,
  ownerId: string,
  attachment: Attachment,
  range?: ByteRange,
): Promise<AttachmentContent> {
  const pieces = await files.read(fileKey(ownerId, attachment.id), range, attachment.storeId)
  if (pieces === null) throw new DomainError('file_damaged', { attachmentId: attachment.id })
  const content = range === undefined ? verifiedBytes(pieces, attachment, hashing.digest()) : pieces
  return { attachment: attachmentJson(attachment), content }
}
