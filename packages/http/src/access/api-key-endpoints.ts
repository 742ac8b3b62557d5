import {
  apiKeyView,
  type Books,
  createApiKeyInput,
  createdApiKeyView,
  listApiKeysInput,
  pageView,
} from '@daftari/application'
import { created, gone, shown } from '../endpoint/answer.ts'
import { type Route, route } from '../endpoint/route.ts'

const tag = 'API keys'

/** `/v1/api-keys` */
export function apiKeyEndpoints({ access }: Books): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api-keys',
      scope: 'admin',
      operationId: 'listApiKeys',
      tag,
      summary: 'List the API keys that are not revoked, newest first',
      query: listApiKeysInput,
      answers: [{ status: 200, description: 'A page of API keys.', view: pageView(apiKeyView()) }],
      refusals: ['invalid_cursor'],
      handle: async ({ scope, query }) => shown(await access.listKeys(scope, query)),
    }),
    route({
      method: 'POST',
      path: '/api-keys',
      scope: 'admin',
      operationId: 'createApiKey',
      tag,
      summary: 'Create an API key; only this response contains its text',
      body: createApiKeyInput,
      answers: [
        {
          status: 201,
          description: 'The new key.',
          view: createdApiKeyView(),
          headers: ['ETag', 'Location'],
        },
      ],
      handle: async ({ scope, body, url }) => created(await access.createKey(scope, body), url),
    }),
    route({
      method: 'DELETE',
      path: '/api-keys/:id',
      scope: 'admin',
      operationId: 'revokeApiKey',
      tag,
      summary: 'Revoke an API key',
      answers: [{ status: 204, description: 'The key is revoked.' }],
      handle: async ({ scope, id }) => {
        await access.revokeKey(scope, { keyId: id })
        return gone()
      },
    }),
  ]
}
