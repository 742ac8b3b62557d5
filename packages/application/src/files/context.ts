import type { Context } from '../kernel/context.ts'
import { attachmentRecord, attachmentRecordView } from './attachment-json.ts'
import { attachmentEvents } from './example-events.ts'

/** The files that prove what was spent and what must be paid. */
export const files = {
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
} as const satisfies Context
