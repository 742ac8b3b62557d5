import type { Id } from '../identity/id.ts'

export type AttachmentId = Id<'attachment'>
