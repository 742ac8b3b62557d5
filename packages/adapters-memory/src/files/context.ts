import type { MemoryContext } from '../kernel/context.ts'
import { memoryAttachmentQueries } from './memory-attachment-queries.ts'
import { memoryAttachmentRepository } from './memory-attachment-repository.ts'

export const files: MemoryContext<'attachments', 'attachments'> = {
  repositories: { attachments: ({ session }) => memoryAttachmentRepository(session) },
  queries: (store) => ({ attachments: memoryAttachmentQueries(store) }),
}
