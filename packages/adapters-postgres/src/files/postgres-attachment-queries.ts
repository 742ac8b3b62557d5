import type { AttachmentQueries } from '@daftari/application'
import type { Database } from '../kernel/session/database.ts'
import { ATTACHMENT_FIELDS, type AttachmentRow, attachmentOf } from './attachment-table.ts'

const ONE = `select ${ATTACHMENT_FIELDS} from daftari.attachment where owner_id = $1 and id = $2`

export function postgresAttachmentQueries(database: Database): AttachmentQueries {
  return {
    async find(ownerId, id) {
      const [result] = await database.read(ownerId, [{ text: ONE, values: [ownerId, id] }])
      const row: AttachmentRow | undefined = result?.rows[0]
      return row === undefined ? null : attachmentOf(row)
    },
  }
}
