export {
  type ApiKeyTarget,
  type ApiKeyView,
  apiKeyView,
  type CreateApiKeyInput,
  type CreatedApiKeyView,
  createApiKeyInput,
  createdApiKeyView,
  type ListApiKeysInput,
  listApiKeysInput,
} from './api-key-shapes.ts'
export type { Authenticated } from './authenticate.ts'
export type { CreateOwnerInput, ListOwnersInput, OwnerView } from './owner-shapes.ts'
export type {
  AccessQueries,
  ApiKeyQueries,
  ApiKeyRepository,
  ApiKeyWithUse,
  KeyUses,
  OwnedApiKey,
  Owners,
} from './ports.ts'
