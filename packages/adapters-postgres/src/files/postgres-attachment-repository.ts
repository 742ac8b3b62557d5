import type { AttachmentRepository } from '@daftari/application'
import { type Attachment, type AttachmentId, DomainError, formatInstant, type Instant } from '@daftari/domain'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { insertInto, requireAll, type WriteKind } from '../kernel/session/table-writes.ts'
import { ATTACHMENT_FIELDS, attachmentColumns, attachmentOf } from './attachment-table.ts'

const insertAttachment = insertInto<Attachment>('attachment', attachmentColumns)

const SOME = `select ${ATTACHMENT_FIELDS} from daftari.attachment where owner_id = $1 and id = any ($2::uuid[])`

const LINK = requireAll(
  'attachment',
  `update daftari.attachment set state = 'linked', expires_at = null,
    updated_at = case when state = 'linked' then updated_at else $3::timestamptz end
    where owner_id = $1 and id = any ($2::uuid[]) returning id`,
)

/** A staged file only: what links a file at the same time waits for the row, and then finds it or refuses. */
const DELETE = requireAll(
  'attachment',
  `delete from daftari.attachment
    where owner_id = $1 and id = any ($2::uuid[]) and state = 'staged' returning id`,
)

const RELOCATE = requireAll(
  'attachment',
  `update daftari.attachment set store_id = $4
    where owner_id = $1 and id = any ($2::uuid[]) and store_id = $3 returning id`,
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

const deleteAttachment: WriteKind<Attachment> = {
  idOf: ({ id }) => id,
  missed: (attachmentId, cause) => new DomainError('attachment_in_use', { attachmentId }, { cause }),
  statement: (ownerId, rows) => ({ text: DELETE, values: [ownerId, rows.map(({ id }) => id)] }),
}

interface Relocation {
  readonly attachment: Attachment
  readonly storeId: string
}

const relocateAttachment: WriteKind<Relocation> = {
  isAlone: true,
  idOf: ({ attachment }) => attachment.id,
  statement(ownerId, [relocation]) {
    if (relocation === undefined) throw new Error('files are relocated in a statement of their own')
    const { attachment, storeId } = relocation
    return { text: RELOCATE, values: [ownerId, [attachment.id], attachment.storeId, storeId] }
  },
}

export function postgresAttachmentRepository(
  session: PostgresSession,
  ownerId: string,
): AttachmentRepository {
  async function findMany(ids: readonly AttachmentId[]): Promise<readonly Attachment[]> {
    const [result] = await session.read({ text: SOME, values: [ownerId, ids] })
    return (result?.rows ?? []).map(attachmentOf)
  }
  return {
    findMany,
    find: async (id) => (await findMany([id]))[0] ?? null,
    insert: (attachment) => session.stage(insertAttachment, attachment),
    link: (ids, at) => session.stage(linkAttachments, { ids, at }),
    delete: (attachment) => session.stage(deleteAttachment, attachment),
    relocate: (attachment, storeId) => session.stage(relocateAttachment, { attachment, storeId }),
  }
}
