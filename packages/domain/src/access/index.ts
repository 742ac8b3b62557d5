export {
  type ApiKey,
  type ApiKeyEvent,
  createApiKey,
  isUsable,
  KEY_SCOPES,
  type KeyScope,
  type NewApiKey,
  revokeApiKey,
} from './api-key.ts'
export type { ApiKeyId, OwnerId } from './ids.ts'
export type { Owner } from './owner.ts'
