import pg from 'pg'
import { checkInvariants } from '../../src/index.ts'
import type { Receiver } from './receiver.ts'

const UNFINISHED = `select count(*)::integer as times from daftari.delivery where status <> 'delivered'`
/** What happens to a subscription is for the audit only. */
const EVENTS = `select id, seq from daftari.event where seq > $1 and aggregate_type <> 'subscription' order by seq`
const VERSIONS = 'select id, version from daftari.expense'

/** What was delivered stays so: nobody asks for anything once more here. */
const WATCH = `
  create table crash_undone (event_id uuid, became text);
  create table crash_cursor (seen bigint);
  insert into crash_cursor values (0);
  create function crash_undo() returns trigger language plpgsql as $$
    begin
      insert into public.crash_undone values (new.event_id, new.status);
      return new;
    end $$;
  create trigger crash_undo after update on daftari.delivery for each row
    when (old.status = 'delivered' and new.status <> 'delivered') execute function crash_undo();`
const UNDONE = 'delete from crash_undone returning event_id, became'

/** Looks into the database while nobody writes. */
export class Examiner {
  readonly #url: string
  readonly #receiver: Receiver
  readonly #known = new Set<string>()
  #last = '0'

  constructor(url: string, receiver: Receiver) {
    this.#url = url
    this.#receiver = receiver
  }

  watch(): Promise<unknown> {
    return this.query(WATCH)
  }

  async query(text: string, values: unknown[] = []): Promise<pg.QueryResult['rows']> {
    const client = new pg.Client({ connectionString: this.#url })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end()
    }
  }

  async unfinished(): Promise<number> {
    return (await this.query(UNFINISHED))[0]?.times
  }

  async examine(acknowledged: ReadonlyMap<string, number>): Promise<void> {
    const receiver = this.#receiver
    for (const { id, version } of await this.query(VERSIONS)) {
      const promised = acknowledged.get(id) ?? 0
      if (version < promised) receiver.violated('lost', `${id} was promised as ${promised} and is ${version}`)
    }
    for (const { id, seq } of await this.query(EVENTS, [this.#last])) {
      this.#last = seq
      this.#known.add(id)
      if (!receiver.received.has(id)) receiver.violated('undelivered', `${id} never arrived`)
    }
    for (const id of receiver.received) {
      if (!this.#known.has(id)) receiver.violated('without a change', `${id} arrived and never happened`)
    }
    for (const { invariant, detail } of await checkInvariants({ connectionString: this.#url })) {
      receiver.violated(invariant === 'I2' ? 'undelivered' : 'version gaps', detail)
    }
    for (const { event_id: id, became } of await this.query(UNDONE)) {
      receiver.violated('changed without a lease', `${id} was delivered and became ${became}`)
    }
  }
}
