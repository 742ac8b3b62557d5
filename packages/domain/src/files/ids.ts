import type { Id } from '../kernel/identity/id.ts'

export type AttachmentId = Id<'attachment'>
