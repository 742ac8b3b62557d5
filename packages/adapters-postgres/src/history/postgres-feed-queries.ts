import type { FeedEntry, FeedQueries } from '@daftari/application'
import { DomainError } from '@daftari/domain'
import { EVENT_FIELDS, type EventRow, eventOf } from '../kernel/events/event-table.ts'
import type { Database } from '../kernel/session/database.ts'

const EPOCH = 'select daftari.current_epoch() as epoch'

/**
 * Sorts events by transaction number, then by the number within it. Shows only events of transactions that are older
 * than every running one, so events that are committed later always sort later. A cursor over the sequence number alone
 * would miss events that are committed out of order.
 */
const FEED = `select ${EVENT_FIELDS}, xid::text as xid, seq from daftari.event
  where owner_id = $1 and (xid, seq) > ($2::text::xid8, $3) and type = any ($4::text[])
    and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by event.xid, seq limit $5`

/**
 * Whether a position is ahead of this server. That happens when a backup was restored that is older than the position.
 * Such a position must be refused, because every event up to its number would be skipped silently.
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
