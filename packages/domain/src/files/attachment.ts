import type { Instant } from '../kernel/calendar/instant.ts'
import type { Fact } from '../kernel/events/fact.ts'
import type { AttachmentId } from './ids.ts'

/** A stored file as the books know it. It is staged until something links it, and then linked for good. */
export interface Attachment {
  readonly id: AttachmentId
  readonly fileName: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly state: 'staged' | 'linked'
  /** When a staged file may be swept away; `null` once linked. */
  readonly expiresAt: Instant | null
  readonly createdAt: Instant
  readonly createdBy: string
  readonly updatedAt: Instant
}

export type AttachmentEvent = Fact<'attachment.stored', 'attachment', Attachment>
