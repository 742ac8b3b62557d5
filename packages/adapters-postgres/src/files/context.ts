import { postgresAttachmentRepository } from '../attachment/postgres-attachment-repository.ts'
import type { PostgresContext } from '../unit-of-work/context.ts'

export const files: PostgresContext<'attachments'> = {
  repositories: {
    attachments: postgresAttachmentRepository,
  },
  queries: () => ({}),
}
