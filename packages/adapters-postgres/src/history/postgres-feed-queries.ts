import type { FeedEntry, FeedQueries } from '@daftari/application'
import type { Database } from '../kernel/session/database.ts'
import { EVENT_FIELDS, type EventRow, eventOf } from './event-table.ts'

/**
 * By transaction, then by number in it, and only what every running transaction is younger than: whoever
 * commits later stands later. A cursor over the number alone would lose rows that commit out of order.
 */
const FEED = `select ${EVENT_FIELDS}, xid::text as xid, seq from daftari.event
  where owner_id = $1 and (xid, seq) > ($2::text::xid8, $3) and type = any ($4::text[])
    and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by event.xid, seq limit $5`

type Row = EventRow & { readonly xid: string; readonly seq: bigint }

export function postgresFeedQueries(database: Database): FeedQueries {
  return {
    async list(ownerId, { after, types, limit }) {
      const [xid = '0', seq = '0'] = after?.split(':') ?? []
      const values = [ownerId, xid, seq, types, limit]
      const [result] = await database.read(ownerId, [{ text: FEED, values }])
      return (result?.rows ?? []).map(entryOf)
    },
  }
}

function entryOf(row: Row): FeedEntry {
  return { position: `${row.xid}:${row.seq}`, record: eventOf(row) }
}
