import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { filesInvariants } from './invariants.ts'
import { postgresAttachmentRepository } from './postgres-attachment-repository.ts'

export const files: PostgresContext<'attachments'> = {
  repositories: {
    attachments: postgresAttachmentRepository,
  },
  queries: () => ({}),
  invariants: filesInvariants,
}
