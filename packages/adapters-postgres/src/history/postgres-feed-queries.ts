import type { FeedEntry, FeedQueries } from '@daftari/application'
import { DomainError } from '@daftari/domain'
import { EVENT_FIELDS, type EventRow, eventOf } from '../kernel/events/event-table.ts'
import type { Database } from '../kernel/session/database.ts'

const EPOCH = 'select daftari.current_epoch() as epoch'

/**
 * By transaction, then by number in it, and only what every running transaction is younger than: whoever
 * commits later stands later. A cursor over the number alone would lose rows that commit out of order.
 */
const FEED = `select ${EVENT_FIELDS}, xid::text as xid, seq from daftari.event
  where owner_id = $1 and (xid, seq) > ($2::text::xid8, $3) and type = any ($4::text[])
    and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by event.xid, seq limit $5`

/**
 * A position that this server has not reached: it was handed out by a server that went further than the backup that is
 * here now. Behind it, everything up to its number would be passed over in silence.
 */
const IS_AHEAD = 'select $1::text::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as is_ahead'

type Row = EventRow & { readonly xid: string; readonly seq: bigint }

export function postgresFeedQueries(database: Database): FeedQueries {
  return {
    async epoch() {
      const [result] = await database.read('', [{ text: EPOCH, values: [] }])
      return result?.rows[0]?.epoch
    },
    async list(ownerId, { after, types, limit }) {
      const [xid = '0', seq = '0'] = after?.split(':') ?? []
      const [ahead, page] = await database.read(ownerId, [
        { text: IS_AHEAD, values: [xid] },
        { text: FEED, values: [ownerId, xid, seq, types, limit] },
      ])
      if (ahead?.rows[0]?.is_ahead === true) throw new DomainError('invalid_cursor', { isOfOtherEpoch: true })
      return (page?.rows ?? []).map(entryOf)
    },
  }
}

function entryOf(row: Row): FeedEntry {
  return { position: `${row.xid}:${row.seq}`, record: eventOf(row) }
}
