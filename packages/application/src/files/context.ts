import type { AttachmentEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { attachmentRecord, attachmentRecordView } from './attachment-json.ts'
import { attachmentEvents } from './example-events.ts'
import type { FilesTransaction } from './ports.ts'

interface FilesTypes {
  readonly event: AttachmentEvent
  readonly transaction: FilesTransaction
  readonly reads: object
}

/** The files that prove what was spent and what must be paid. */
export const files = {
  types: typesOf<FilesTypes>(),
  aggregates: {
    attachment: {
      record: attachmentRecord,
      published: {
        recordView: attachmentRecordView,
        events: { 'attachment.stored': 'creates' },
        examples: attachmentEvents,
      },
    },
  },
  errors: {
    attachment_not_found: {
      status: 'invalid',
      title: 'There is no such attachment',
      remedy: 'Name a file of these books. One that no record names is kept for a day only.',
      details: ['attachmentId', 'pointer'],
      pointer: '/attachmentIds',
    },
  },
} as const satisfies Context<FilesTypes>
