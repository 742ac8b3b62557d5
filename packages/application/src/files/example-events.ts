import { type Attachment, type AttachmentEvent, instant } from '@daftari/domain'
import { example } from '../kernel/examples.ts'

const { at, by, id } = example

export function attachmentEvents(): readonly AttachmentEvent[] {
  const after: Attachment = {
    id: id(6),
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 48_213,
    sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    state: 'staged',
    expiresAt: instant(at + 24 * 60 * 60 * 1000),
    createdAt: at,
    createdBy: by,
    updatedAt: at,
  }
  return [
    {
      type: 'attachment.stored',
      aggregateType: 'attachment',
      aggregateId: after.id,
      version: 1,
      at,
      before: null,
      after,
    },
  ]
}
