import type { OwnerId } from '../access/ids.ts'
import { formatInstant, type Instant, instant } from '../kernel/calendar/instant.ts'
import { isUuid } from '../kernel/identity/id.ts'
import type { AttachmentId } from './ids.ts'

declare const kind: unique symbol

/** Where the bytes of an attachment lie in every store: `owner/YYYY/MM/attachment`, the month being that of its id. */
export type FileKey = string & { readonly [kind]: 'file key' }

/** What a key says. */
export interface FilePlace {
  readonly ownerId: OwnerId
  readonly attachmentId: AttachmentId
  /** When the id of the attachment was made, so that the age of a file needs no other record of it. */
  readonly madeAt: Instant
}

/** The key of an attachment. @throws RangeError unless the owner is a UUID and the attachment a UUIDv7 */
export function fileKey(ownerId: string, attachmentId: AttachmentId): FileKey {
  if (!isUuid(ownerId)) throw new RangeError(`"${ownerId}" is not the id of an owner`)
  const madeAt = momentOf(attachmentId)
  if (madeAt === null) throw new RangeError(`"${attachmentId}" is not a UUIDv7`)
  return keyOf(ownerId, attachmentId, madeAt)
}

/** What the key says, or `null` for a text that `fileKey` does not make. */
export function parseFileKey(text: string): FilePlace | null {
  const [ownerId = '', , , attachmentId = ''] = text.split('/')
  const madeAt = momentOf(attachmentId)
  if (!isUuid(ownerId) || madeAt === null || keyOf(ownerId, attachmentId, madeAt) !== text) return null
  return { ownerId: ownerId as OwnerId, attachmentId: attachmentId as AttachmentId, madeAt }
}

function keyOf(ownerId: string, attachmentId: string, madeAt: Instant): FileKey {
  const [year, month] = formatInstant(madeAt).split('-')
  return `${ownerId}/${year}/${month}/${attachmentId}` as FileKey
}

/** The moment in the first 48 bits of a UUIDv7; `null` for any other text. */
function momentOf(id: string): Instant | null {
  if (!isUuid(id) || id[14] !== '7') return null
  const epochMs = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  try {
    return instant(epochMs)
  } catch {
    return null
  }
}
