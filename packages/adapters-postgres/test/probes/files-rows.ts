import type { AttachmentId } from '@daftari/domain'
import { anAttachment } from '@daftari/testing'
import { foreignId, type WriteRows } from '../support/foreign-books.ts'

export const filesRows: WriteRows = (tx, ownerId) =>
  tx.attachments.insert(anAttachment({ id: foreignId<AttachmentId>(ownerId, 'attachment') }))
