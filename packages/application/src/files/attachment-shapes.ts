import { type Attachment, formatInstant } from '@daftari/domain'
import { z } from 'zod'
import { coded } from '../kernel/input/coded.ts'
import { once } from '../kernel/input/once.ts'
import { recordedJson, recordedView } from '../kernel/input/views.ts'
import type { ByteRange } from './file-store.ts'

export interface AttachmentTarget {
  readonly attachmentId: string
}

export interface UploadInput {
  /** As the sender calls the file. */
  readonly fileName: string
  readonly content: AsyncIterable<Uint8Array>
}

export interface ReadAttachmentInput extends AttachmentTarget {
  /** A part of the file. It cannot be compared with the hash, which is of the whole file. */
  readonly range?: ByteRange
}

const DAY_SECONDS = 86_400

export const linkQuery = z.strictObject({
  expiresIn: z
    .int({ error: coded('text_invalid', `a whole number of seconds, from 1 to ${DAY_SECONDS}`) })
    .min(1, { error: coded('text_invalid', `at least 1 second`) })
    .max(DAY_SECONDS, { error: coded('text_invalid', `at most ${DAY_SECONDS} seconds`) })
    .default(3_600)
    .meta({ description: 'For how many seconds the link works.' }),
})
export type LinkInput = AttachmentTarget & z.input<typeof linkQuery>

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

export const attachmentView = once(() =>
  attachmentRecordView()
    .extend({
      pageCount: z.int().nullable().meta({ description: '`null` until the file was looked into.' }),
      flags: z.array(z.string()).readonly(),
      preview: z.enum(['none', 'pending', 'ready', 'failed']),
    })
    .meta({ title: 'Attachment' }),
)
export type AttachmentView = Readonly<z.output<ReturnType<typeof attachmentView>>>

/** A file on its way out. */
export interface AttachmentContent {
  readonly attachment: AttachmentView
  /** The bytes. A reader that reaches the end without an error has what was stored; see `verifiedBytes`. */
  readonly content: AsyncIterable<Uint8Array>
}

export interface AttachmentLink {
  /** Where the store hands the file out by itself; `null` where it does not, and `token` is to be used. */
  readonly url: string | null
  /** Opens the file with `books.attachments.follow`, without a scope. */
  readonly token: string | null
  readonly expiresAt: string
}

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

/** Nothing looks into files yet, so that there are no pages, no flags and no preview. */
export function attachmentJson(attachment: Attachment): AttachmentView {
  return { ...attachmentRecord(attachment), pageCount: null, flags: [], preview: 'none' }
}
