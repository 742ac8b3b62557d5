import { type AttachmentEvent, removeAttachment, storeAttachment } from '@daftari/domain'
import { example } from '../kernel/examples.ts'

const { at, by, id } = example

export function attachmentEvents(): readonly AttachmentEvent[] {
  const { state, events } = storeAttachment({
    id: id(6),
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 48_213,
    sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    storeId: id(7),
    at,
    by,
  })
  return [...events, removeAttachment(state, at)]
}
