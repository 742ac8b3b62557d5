import type { ClientBase } from 'pg'

const HAS_LOADED = 'select daftari.has_loaded_events() as has_loaded'

/**
 * Gives every event the same transaction number, which is older than that of every running or later transaction, and
 * new sequence numbers in the old order. Events that are committed meanwhile or later therefore sort after them,
 * without a lock.
 *
 * Events that were written here after the restore may have smaller numbers than the restored ones, but must sort after
 * them. `xmin` separates the two: it is the transaction that wrote the row into this server, and it is younger than
 * that of the restored rows.
 *
 * This is a loop, because `seq` is `generated always`: an update can only take the next number, and one update of many
 * rows has no defined order.
 */
const RENUMBER = `do $$
  declare
    oldest_running xid8 := pg_snapshot_xmin(pg_current_snapshot());
    number xid8 := (oldest_running::text::numeric - 1)::text::xid8;
    told record;
  begin
    for told in
      with loaded as (
        select min(age(e.xmin)) as age from daftari.event e
        where e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
      select e.owner_id, e.id from daftari.event e, loaded
      order by e.xid < pg_snapshot_xmax(pg_current_snapshot()) and age(e.xmin) < loaded.age, e.xid, e.seq
    loop
      update daftari.event e set xid = number, seq = default where e.owner_id = told.owner_id and e.id = told.id;
    end loop;
  end $$`

const BEGIN_EPOCH = 'update daftari.epoch set id = gen_random_uuid(), since = now()'

const COUNT = 'select count(*) as events from daftari.event'

/**
 * Renumbers all events and begins a new epoch when events have transaction numbers of another server. Runs in the
 * transaction of the caller, which must see the events of all owners. Returns the number of events, or `null` when
 * nothing had to be done.
 */
export async function renumberLoadedEvents(client: ClientBase): Promise<number | null> {
  const { rows } = await client.query(HAS_LOADED)
  if (rows[0]?.has_loaded !== true) return null
  await client.query(RENUMBER)
  await client.query(BEGIN_EPOCH)
  return Number((await client.query(COUNT)).rows[0]?.events)
}
