import type { FileUpkeep, OwnedAttachment } from '@daftari/application'
import { formatInstant } from '@daftari/domain'
import type { SystemConnections } from '../kernel/session/system-connections.ts'
import { ATTACHMENT_FIELDS, type AttachmentRow, attachmentOf } from './attachment-table.ts'

const FIELDS = `owner_id, ${ATTACHMENT_FIELDS}`
const EXPIRED = `select ${FIELDS} from daftari.attachment where expires_at <= $1
  order by expires_at, id limit $2`
const NEXT = `select ${FIELDS} from daftari.attachment
  where ($1::uuid is null or (owner_id, id) > ($1, $2::uuid)) order by owner_id, id limit $3`

type OwnedRow = AttachmentRow & { readonly owner_id: string }

export function postgresFileUpkeep(system: SystemConnections): FileUpkeep {
  return {
    async listExpired(now, limit) {
      return (await system.query(EXPIRED, [formatInstant(now), limit])).map(owned)
    },
    async list(after, limit) {
      return (await system.query(NEXT, [after?.ownerId ?? null, after?.id ?? null, limit])).map(owned)
    },
  }
}

function owned(row: OwnedRow): OwnedAttachment {
  return { ownerId: row.owner_id, attachment: attachmentOf(row) }
}
