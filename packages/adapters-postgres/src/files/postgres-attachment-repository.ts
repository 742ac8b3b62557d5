import type { AttachmentRepository } from '@daftari/application'
import { type Attachment, type AttachmentId, DomainError, formatInstant, type Instant } from '@daftari/domain'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { type Column, insertInto, requireAll, type WriteKind } from '../kernel/session/table-writes.ts'

interface AttachmentRow {
  readonly id: string
  readonly file_name: string
  readonly content_type: string
  readonly size_bytes: bigint
  readonly sha256: string
  readonly state: Attachment['state']
  readonly expires_at: Instant | null
  readonly created_at: Instant
  readonly created_by: string
  readonly updated_at: Instant
}

const columns: readonly Column<Attachment>[] = [
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
  { name: 'created_at', type: 'timestamptz', of: ({ createdAt }) => formatInstant(createdAt) },
  { name: 'created_by', type: 'text', of: ({ createdBy }) => createdBy },
  { name: 'updated_at', type: 'timestamptz', of: ({ updatedAt }) => formatInstant(updatedAt) },
]

const insertAttachment = insertInto<Attachment>('attachment', columns)

const SOME = `select id, file_name, content_type, size_bytes, sha256, state, expires_at, created_at, created_by,
  updated_at from daftari.attachment where owner_id = $1 and id = any ($2::uuid[])`

const LINK = requireAll(
  'attachment',
  `update daftari.attachment set state = 'linked', expires_at = null,
    updated_at = case when state = 'linked' then updated_at else $3::timestamptz end
    where owner_id = $1 and id = any ($2::uuid[]) returning id`,
)

interface Linking {
  readonly ids: readonly AttachmentId[]
  readonly at: Instant
}

const linkAttachments: WriteKind<Linking> = {
  isAlone: true,
  idOf: ({ ids }) => ids.join(),
  missed: (attachmentId, cause) => new DomainError('attachment_not_found', { attachmentId }, { cause }),
  statement(ownerId, [linking]) {
    if (linking === undefined) throw new Error('files are linked in a statement of their own')
    return { text: LINK, values: [ownerId, [...new Set(linking.ids)], formatInstant(linking.at)] }
  },
}

export function postgresAttachmentRepository(
  session: PostgresSession,
  ownerId: string,
): AttachmentRepository {
  return {
    async findMany(ids) {
      const [result] = await session.read({ text: SOME, values: [ownerId, ids] })
      return (result?.rows ?? []).map(attachmentOf)
    },
    insert: (attachment) => session.stage(insertAttachment, attachment),
    link: (ids, at) => session.stage(linkAttachments, { ids, at }),
  }
}

function attachmentOf(row: AttachmentRow): Attachment {
  return {
    id: row.id as AttachmentId,
    fileName: row.file_name,
    contentType: row.content_type,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    state: row.state,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
  }
}
