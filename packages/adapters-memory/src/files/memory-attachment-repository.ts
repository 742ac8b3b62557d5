import type { AttachmentRepository } from '@daftari/application'
import { type AttachmentId, DomainError } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { attachmentTable } from './attachment-table.ts'

export function memoryAttachmentRepository(session: MemorySession): AttachmentRepository {
  const find = (id: AttachmentId) => session.flush().own.of(attachmentTable).get(id)
  return {
    find: async (id) => find(id),
    async findMany(ids) {
      return [...new Set(ids)].map(find).filter((attachment) => attachment !== null)
    },
    insert(given) {
      const attachment = frozenCopy(given)
      session.stage(({ own }) => {
        own.of(attachmentTable).set(attachment.id, attachment)
      })
    },
    link(given, at) {
      const ids = [...given]
      session.stage(({ own }) => {
        const attachments = own.of(attachmentTable)
        for (const id of ids) {
          const file = attachments.get(id)
          if (file === null) throw new DomainError('attachment_not_found', { attachmentId: id })
          if (file.state === 'linked') continue
          attachments.set(id, Object.freeze({ ...file, state: 'linked', expiresAt: null, updatedAt: at }))
        }
      })
    },
    delete({ id }) {
      session.stage(({ own }) => {
        const attachments = own.of(attachmentTable)
        if (attachments.get(id)?.state !== 'staged') {
          throw new DomainError('attachment_in_use', { attachmentId: id })
        }
        attachments.delete(id)
      })
    },
    relocate({ id, storeId: from }, storeId) {
      session.stage(({ own }) => {
        const attachments = own.of(attachmentTable)
        const file = attachments.get(id)
        if (file?.storeId !== from) throw new DomainError('concurrent_change', { kind: 'attachment', id })
        attachments.set(id, Object.freeze({ ...file, storeId }))
      })
    },
  }
}
