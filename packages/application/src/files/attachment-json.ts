import { type Attachment, formatInstant } from '@daftari/domain'
import { z } from 'zod'
import { once } from '../kernel/input/once.ts'
import { recordedJson, recordedView } from '../kernel/input/views.ts'

export const attachmentRecordView = once(() =>
  z.object({
    id: z.uuid(),
    fileName: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    state: z.enum(['staged', 'linked']),
    expiresAt: z.iso.datetime().nullable(),
    ...recordedView(),
  }),
)
type AttachmentRecord = Readonly<z.output<ReturnType<typeof attachmentRecordView>>>

export function attachmentRecord(attachment: Attachment): AttachmentRecord {
  const { id, fileName, contentType, sizeBytes, sha256, state, expiresAt } = attachment
  return {
    id,
    fileName,
    contentType,
    sizeBytes,
    sha256,
    state,
    expiresAt: expiresAt === null ? null : formatInstant(expiresAt),
    ...recordedJson(attachment),
  }
}
