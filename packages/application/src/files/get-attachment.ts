import type { AttachmentId } from '@daftari/domain'
import { found, idOf } from '../kernel/input/found.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type AttachmentTarget, type AttachmentView, attachmentJson } from './attachment-shapes.ts'

/** @throws not_found */
export function getAttachment({ queries }: Pick<Ports, 'queries'>) {
  return async function getAttachment(
    { ownerId }: Scope,
    { attachmentId }: AttachmentTarget,
  ): Promise<AttachmentView> {
    const id = idOf<AttachmentId>('attachment', attachmentId)
    return attachmentJson(found('attachment', id, await queries.attachments.find(ownerId, id)))
  }
}
