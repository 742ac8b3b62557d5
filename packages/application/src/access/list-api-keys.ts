import { parseQuery } from '../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../kernel/pagination/page.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type ApiKeyView, apiKeyJson, type ListApiKeysInput, listApiKeysInput } from './api-key-shapes.ts'

/** Lists the keys that are not revoked, newest first. @throws invalid_query, invalid_cursor */
export function listApiKeys({ queries, cursors }: Pick<Ports, 'queries' | 'cursors'>) {
  return async function listApiKeys(
    { ownerId }: Scope,
    input: ListApiKeysInput = {},
  ): Promise<Page<ApiKeyView>> {
    const { limit, cursor } = parseQuery(listApiKeysInput, input)
    return pageOf(
      { cursors, context: [ownerId, 'api-keys'], cursor, limit },
      (page) => queries.apiKeys.list(ownerId, page),
      ({ key }) => ({ key: key.id, id: key.id }),
      apiKeyJson,
    )
  }
}
