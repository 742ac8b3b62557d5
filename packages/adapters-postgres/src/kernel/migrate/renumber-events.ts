import type { ClientBase } from 'pg'

const HAS_LOADED = 'select daftari.has_loaded_events() as has_loaded'

/**
 * Every event gets the same transaction number, older than that of any transaction that runs or comes, and the next
 * sequence numbers in the old order. Whatever is committed meanwhile or later stands behind them, without a lock.
 *
 * What was written here after loading has a smaller number than what was loaded, and belongs behind it. The server tells
 * the two apart: `xmin`, the transaction that wrote a row into this server, is younger than that of the loaded rows.
 *
 * A loop, because `seq` is generated always: an update can only draw the next number, and in no order that it promises.
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
 * Where events have transaction numbers of another server, numbers all of them anew and begins a new epoch, in the
 * transaction of the caller, who sees the events of all owners. Gives their number, or `null` where nothing had to be done.
 */
export async function renumberLoadedEvents(client: ClientBase): Promise<number | null> {
  const { rows } = await client.query(HAS_LOADED)
  if (rows[0]?.has_loaded !== true) return null
  await client.query(RENUMBER)
  await client.query(BEGIN_EPOCH)
  return Number((await client.query(COUNT)).rows[0]?.events)
}
