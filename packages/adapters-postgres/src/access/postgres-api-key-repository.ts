import type { ApiKeyRepository } from '@daftari/application'
import type { PostgresSession } from '../kernel/session/postgres-session.ts'
import { API_KEY_FIELDS, type ApiKeyRow, apiKeyOf, insertApiKey, updateApiKey } from './api-key-table.ts'

const ONE = `select ${API_KEY_FIELDS} from daftari.api_key where owner_id = $1 and id = $2`

export function postgresApiKeyRepository(session: PostgresSession, ownerId: string): ApiKeyRepository {
  return {
    async find(id) {
      const [result] = await session.read({ text: ONE, values: [ownerId, id] })
      const row: ApiKeyRow | undefined = result?.rows[0]
      return row === undefined ? null : apiKeyOf(row)
    },
    insert: (key, hash) => session.stage(insertApiKey, { ...key, hash }),
    update: (state, expectedVersion) => session.stage(updateApiKey, { state, expectedVersion }),
  }
}
