import type { Attachment, AttachmentEvent } from '@daftari/domain'
import { fact } from '../kernel/fact.ts'
import { at, freshId, recorded } from '../kernel/fresh.ts'

/** A staged file. */
export function anAttachment(overrides: Partial<Attachment> = {}): Attachment {
  const { version: _, ...occasion } = recorded
  return {
    id: freshId(),
    fileName: 'receipt.pdf',
    contentType: 'application/pdf',
    sizeBytes: 48_213,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    state: 'staged',
    expiresAt: at('2026-11-22T09:00:00.000Z'),
    storeId: '019373c2-7a00-7000-8000-00000000f11e',
    ...occasion,
    ...overrides,
  }
}

export function attachmentEvent(file: Attachment): AttachmentEvent {
  return fact('attachment.stored', 'attachment', { after: { ...file, version: 1 } })
}
