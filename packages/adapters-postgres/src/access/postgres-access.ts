import type { AccessQueries, ApiKeyQueries, ApiKeyWithUse, KeyUses } from '@daftari/application'
import { formatInstant } from '@daftari/domain'
import type { Database } from '../kernel/session/database.ts'
import { API_KEY_FIELDS, type ApiKeyRow, apiKeyOf } from './api-key-table.ts'

const LIST = `select ${API_KEY_FIELDS} from daftari.api_key
  where owner_id = $1 and revoked_at is null and ($2::uuid is null or id < $2::uuid) order by id desc limit $3`
const BY_HASH = `select ${API_KEY_FIELDS} from daftari.find_api_key($1)`
const NOTE = `update daftari.api_key set last_used_at = greatest(last_used_at, $3::timestamptz)
  where owner_id = $1 and id = $2`

/** The owner id of statements that run before the owner is known. */
const NOBODY = ''

export function postgresApiKeyQueries(database: Database): ApiKeyQueries {
  return {
    async list(ownerId, { after, limit }) {
      const values = [ownerId, after?.id ?? null, limit]
      const [result] = await database.read(ownerId, [{ text: LIST, values }])
      return (result?.rows ?? []).map(withUse)
    },
  }
}

export function postgresAccessQueries(database: Database): AccessQueries {
  return {
    async findKeyByHash(hash) {
      const [result] = await database.read(NOBODY, [{ text: BY_HASH, values: [hash] }])
      const row: ApiKeyRow | undefined = result?.rows[0]
      return row === undefined ? null : { ownerId: row.owner_id, ...withUse(row) }
    },
  }
}

export function postgresKeyUses(database: Database): KeyUses {
  return {
    async note(ownerId, keyId, at) {
      await database.write(ownerId, [{ text: NOTE, values: [ownerId, keyId, formatInstant(at)] }])
    },
  }
}

function withUse(row: ApiKeyRow): ApiKeyWithUse {
  return { key: apiKeyOf(row), lastUsedAt: row.last_used_at }
}
