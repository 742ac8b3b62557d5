import { type Attachment, type AttachmentId, formatInstant } from '@daftari/domain'
import { type Column, fieldsOf } from '../kernel/session/table-writes.ts'
import type { FilesTables } from './tables.ts'

export type AttachmentRow = Omit<FilesTables['daftari.attachment'], 'owner_id'>

export const attachmentColumns: readonly Column<Attachment>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'file_name', type: 'text', of: ({ fileName }) => fileName },
  { name: 'content_type', type: 'text', of: ({ contentType }) => contentType },
  { name: 'size_bytes', type: 'bigint', of: ({ sizeBytes }) => sizeBytes },
  { name: 'sha256', type: 'text', of: ({ sha256 }) => sha256 },
  { name: 'state', type: 'text', of: ({ state }) => state },
  {
    name: 'expires_at',
    type: 'timestamptz',
    of: ({ expiresAt }) => (expiresAt === null ? null : formatInstant(expiresAt)),
  },
  { name: 'store_id', type: 'uuid', of: ({ storeId }) => storeId },
  { name: 'created_at', type: 'timestamptz', of: ({ createdAt }) => formatInstant(createdAt) },
  { name: 'created_by', type: 'text', of: ({ createdBy }) => createdBy },
  { name: 'updated_at', type: 'timestamptz', of: ({ updatedAt }) => formatInstant(updatedAt) },
]

export const ATTACHMENT_FIELDS: string = fieldsOf(attachmentColumns)

export function attachmentOf(row: AttachmentRow): Attachment {
  return {
    id: row.id as AttachmentId,
    fileName: row.file_name,
    contentType: row.content_type,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    state: row.state,
    expiresAt: row.expires_at,
    storeId: row.store_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
  }
}
