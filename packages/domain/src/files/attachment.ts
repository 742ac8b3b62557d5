import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import type { Decision } from '../kernel/events/decision.ts'
import type { Fact } from '../kernel/events/fact.ts'
import { fileNameOf } from './file-name.ts'
import type { FileType } from './file-type.ts'
import type { AttachmentId } from './ids.ts'

/** A staged file that nothing links is removed after a day. */
const STAGED_MS = 24 * 60 * 60 * 1000

/** A stored file as the books know it. It is staged until something links it, and then linked for good. */
export interface Attachment {
  readonly id: AttachmentId
  readonly fileName: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly state: 'staged' | 'linked'
  /** When a staged file may be removed; `null` once linked. */
  readonly expiresAt: Instant | null
  /** The id of the store that has the bytes. */
  readonly storeId: string
  readonly createdAt: Instant
  readonly createdBy: string
  readonly updatedAt: Instant
}

export type AttachmentEvent = Fact<'attachment.stored' | 'attachment.removed', 'attachment', Attachment>

export interface NewAttachment {
  readonly id: AttachmentId
  /** As the sender gave it. */
  readonly fileName: string
  readonly contentType: FileType
  readonly sizeBytes: number
  readonly sha256: string
  readonly storeId: string
  readonly at: Instant
  readonly by: string
}

// An attachment shows no version, but its events count: `stored` is 1 and `removed` is 2. Linking it is a matter of the
// record that links it, and no event of its own.

/** Enters a file whose bytes are stored already. */
export function storeAttachment({
  at,
  by,
  fileName,
  ...file
}: NewAttachment): Decision<Attachment, AttachmentEvent> {
  const state: Attachment = {
    ...file,
    fileName: fileNameOf(fileName, file.contentType),
    state: 'staged',
    expiresAt: (at + STAGED_MS) as Instant,
    createdAt: at,
    createdBy: by,
    updatedAt: at,
  }
  return { state, events: [fact('attachment.stored', 1, at, null, state)] }
}

/** Removes a file that nothing ever linked. @throws attachment_in_use */
export function removeAttachment(attachment: Attachment, at: Instant): AttachmentEvent {
  const { id, state } = attachment
  if (state === 'linked') throw new DomainError('attachment_in_use', { attachmentId: id })
  return fact('attachment.removed', 2, at, attachment, null)
}

function fact(
  type: AttachmentEvent['type'],
  version: number,
  at: Instant,
  before: Attachment | null,
  after: Attachment | null,
): AttachmentEvent {
  const aggregateId = (after ?? before)?.id ?? ''
  return { type, aggregateType: 'attachment', aggregateId, version, at, before, after }
}
