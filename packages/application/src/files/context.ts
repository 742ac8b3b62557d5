import type { AttachmentEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { attachmentRecord, attachmentRecordView } from './attachment-shapes.ts'
import { attachmentEvents } from './example-events.ts'
import type { FilesReads, FilesTransaction } from './ports.ts'

interface FilesTypes {
  readonly event: AttachmentEvent
  readonly transaction: FilesTransaction
  readonly reads: FilesReads
}

/** The files that prove what was spent and what must be paid. */
export const files = {
  types: typesOf<FilesTypes>(),
  aggregates: {
    attachment: {
      record: attachmentRecord,
      published: {
        recordView: attachmentRecordView,
        events: { 'attachment.stored': 'creates', 'attachment.removed': 'deletes' },
        examples: attachmentEvents,
      },
    },
  },
  errors: {
    too_large: {
      status: 'oversized',
      title: 'Too large',
      remedy: 'Send less at once; a file may be as large as `UPLOAD_MAX_BYTES` says.',
      details: ['limitBytes'],
    },
    unsupported_type: {
      status: 'unsupported',
      title: 'The type of the content is not taken here',
      remedy:
        'Send the content type that the route takes, mostly `application/json`. A file must be a PDF, PNG, JPEG, WebP, TIFF or XML by its bytes.',
      details: ['allowed'],
    },
    attachment_in_use: {
      status: 'conflict',
      title: 'The file is linked to a record',
      remedy: 'Leave it: a file that was linked once is kept for good, as the proof of what was recorded.',
      details: ['attachmentId'],
    },
    file_damaged: {
      status: 'broken',
      title: 'The stored file is damaged',
      remedy:
        'Restore the bytes from a copy of the file store; `daftari storage verify` says which files are damaged.',
      details: ['attachmentId'],
    },
    attachment_not_found: {
      status: 'invalid',
      title: 'There is no such attachment',
      remedy: 'Name a file of these books. One that no record names is kept for a day only.',
      details: ['attachmentId', 'pointer'],
      pointer: '/attachmentIds',
    },
  },
} as const satisfies Context<FilesTypes>
