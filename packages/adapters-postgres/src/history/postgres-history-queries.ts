import type { HistoryQueries } from '@daftari/application'
import { EVENT_FIELDS, eventOf } from '../kernel/events/event-table.ts'
import type { Database } from '../kernel/session/database.ts'

const HISTORY = `select ${EVENT_FIELDS} from daftari.event
  where owner_id = $1 and aggregate_id = $2 and aggregate_type = $3 and aggregate_version < $4
  order by aggregate_version desc limit $5`
const AFTER_THE_LAST = 2_147_483_647

export function postgresHistoryQueries(database: Database): HistoryQueries {
  return {
    async list(ownerId, aggregateType, aggregateId, { before, limit }) {
      const values = [ownerId, aggregateId, aggregateType, before ?? AFTER_THE_LAST, limit]
      const [result] = await database.read(ownerId, [{ text: HISTORY, values }])
      return (result?.rows ?? []).map(eventOf)
    },
  }
}
