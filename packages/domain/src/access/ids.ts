import type { Id } from '../identity/id.ts'

export type OwnerId = Id<'owner'>
export type ApiKeyId = Id<'api_key'>
