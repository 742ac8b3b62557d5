import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
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

/** The files named, each once, if all of them are there. @throws attachment_not_found */
export function requireAttachments(
  named: readonly AttachmentId[],
  existing: readonly Attachment[],
  now: Instant,
): void {
  const usable = new Set(existing.filter((file) => isUsable(file, now)).map(({ id }) => id))
  const missing = named.find((id) => !usable.has(id))
  if (missing !== undefined) throw new DomainError('attachment_not_found', { attachmentId: missing })
}

function isUsable({ expiresAt }: Attachment, now: Instant): boolean {
  return expiresAt === null || expiresAt > now
}

export function isSameList(one: readonly AttachmentId[], other: readonly AttachmentId[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index])
}
