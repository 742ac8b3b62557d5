import type { AttachmentRepository } from '@daftari/application'
import { DomainError } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import { attachmentTable } from './attachment-table.ts'

export function memoryAttachmentRepository(session: MemorySession): AttachmentRepository {
  return {
    async findMany(ids) {
      const attachments = session.flush().own.of(attachmentTable)
      return [...new Set(ids)].map((id) => attachments.get(id)).filter((attachment) => attachment !== null)
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
  }
}
