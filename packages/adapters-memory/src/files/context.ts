import type { MemoryContext } from '../kernel/context.ts'
import { memoryAttachmentRepository } from './memory-attachment-repository.ts'

export const files: MemoryContext<'attachments'> = {
  repositories: { attachments: ({ session }) => memoryAttachmentRepository(session) },
  queries: () => ({}),
}
