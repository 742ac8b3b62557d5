import type { Clock, IdempotencyQueries } from '@daftari/application'
import { formatInstant } from '@daftari/domain'
import type { Database } from '../session/database.ts'

const FIND = `select fingerprint, result from daftari.idempotency
  where owner_id = $1 and key = $2 and expires_at > $3`

export function postgresIdempotencyQueries(database: Database, clock: Clock): IdempotencyQueries {
  return {
    async find(ownerId, key) {
      const values = [ownerId, key, formatInstant(clock.now())]
      const [result] = await database.read(ownerId, [{ text: FIND, values }])
      return result?.rows[0] ?? null
    },
  }
}
