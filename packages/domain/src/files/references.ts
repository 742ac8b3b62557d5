import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import type { Attachment } from './attachment.ts'
import type { AttachmentId } from './ids.ts'

export type { Attachment } from './attachment.ts'

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
