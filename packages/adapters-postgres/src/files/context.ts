import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { filesInvariants } from './invariants.ts'
import { fileStoresMigration } from './migrations/0009-file-stores.ts'
import { postgresAttachmentQueries } from './postgres-attachment-queries.ts'
import { postgresAttachmentRepository } from './postgres-attachment-repository.ts'

export const files: PostgresContext<'attachments', 'attachments'> = {
  repositories: {
    attachments: postgresAttachmentRepository,
  },
  queries: ({ database }) => ({ attachments: postgresAttachmentQueries(database) }),
  migrations: [fileStoresMigration],
  invariants: filesInvariants,
}
