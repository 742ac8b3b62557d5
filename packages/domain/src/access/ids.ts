import type { Id } from '../kernel/identity/id.ts'

export type OwnerId = Id<'owner'>
export type ApiKeyId = Id<'api_key'>
