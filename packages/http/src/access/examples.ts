import type { HttpContext } from '../endpoint/http-context.ts'
import { shared } from '../openapi/shared-examples.ts'

const { recorded } = shared

const apiKey = {
  id: '019a9a60-5a00-7000-8000-000000000003',
  version: 1,
  name: 'Till',
  scopes: ['read', 'write'],
  expiresAt: null,
  revokedAt: null,
  ...recorded,
  lastUsedAt: null,
}

export const accessExamples: HttpContext['examples'] = {
  NewApiKey: { name: 'Till', scopes: ['read', 'write'] },
  ApiKey: apiKey,
  CreatedApiKey: { ...apiKey, key: 'dft_LGoqZ4saKMazCuMwsWv5dM7gPltwZCEB0ATPci6OkIM' },
}
