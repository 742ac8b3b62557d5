import { createPostgresAdapters, migrateUp, type PostgresAdapters } from '@daftari/adapters-postgres'
import { type Books, createBooks, type Handle, type Scope, type Send } from '@daftari/application'
import { openPool } from '../contest/open-pool.ts'
import { startQuietServer } from '../contest/quiet-server.ts'
import { type Body, BURST } from './bodies.ts'

/** A durable server with the books of one owner, who has one handler. */
export interface Stage {
  readonly connectionString: string
  readonly serverPid: number
  readonly adapters: PostgresAdapters
  readonly books: Books
  readonly scope: Scope
  readonly handlerId: string
  /** What the handler does with an event. */
  handler: Handle
  /** How the handler is given a stored event. */
  readonly toHandler: Send
  /** As the superuser, before whom no wall stands. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  /** Writes events that wait for the handler, as if each burst had been committed by itself. */
  store(bodies: readonly Body[]): Promise<void>
  /** Takes away every event and delivery. */
  clear(): Promise<void>
  close(): Promise<void>
}

const OWNER = '0b000000-0000-7000-8000-000000000001'
const AT_ONCE = 5000

const STORE = `with happened as (
    insert into daftari.event (owner_id, id, type, aggregate_type, aggregate_id, aggregate_version, at, actor_id, body)
    select $1, b.id, 'expense.updated', 'expense', b.aggregate_id, b.version, clock_timestamp(), 'bench', b.body
    from unnest($3::uuid[], $4::uuid[], $5::integer[], $6::text[]) as b (id, aggregate_id, version, body))
  insert into daftari.delivery (owner_id, subscription_id, event_id, aggregate_id, aggregate_version, next_attempt_at)
  select $1, $2, b.id, b.aggregate_id, b.version,
    clock_timestamp() - interval '1 second' + (b.place - 1) / ${BURST} * interval '1 us'
  from unnest($3::uuid[], $4::uuid[], $5::integer[]) with ordinality as b (id, aggregate_id, version, place)`

export async function openStage(): Promise<Stage> {
  const server = await startQuietServer()
  const { connectionString } = server
  await migrateUp({ connectionString })
  const pool = openPool(connectionString, 1)
  const adapters = createPostgresAdapters({ connectionString })
  const books = createBooks(adapters)
  const scope = { ownerId: OWNER, actorId: 'bench' }
  const query: Stage['query'] = async (text, values = []) => (await pool.query(text, [...values])).rows
  await query('insert into daftari.owner (id, name) values ($1, $2)', [OWNER, 'Bench'])
  await query('insert into daftari.settings (owner_id, time_zone) select id, time_zone from daftari.owner')
  const stage: { handler: Handle } = { handler: async () => {} }
  await books.delivery.register(scope, { name: 'bench', eventTypes: ['*'] }, (event, arrival) =>
    stage.handler(event, arrival),
  )
  const [handlerId = ''] = adapters.senders.ids()
  const toHandler = adapters.senders.get(handlerId)
  if (toHandler === null) throw new Error('the handler is not there')
  return Object.assign(stage, {
    connectionString,
    serverPid: server.pid,
    adapters,
    books,
    scope,
    handlerId,
    toHandler,
    query,
    async store(bodies: readonly Body[]) {
      for (let first = 0; first < bodies.length; first += AT_ONCE) {
        const some = bodies.slice(first, first + AT_ONCE)
        await query(STORE, [
          OWNER,
          handlerId,
          some.map(({ eventId }) => eventId),
          some.map(({ aggregateId }) => aggregateId),
          some.map(({ version }) => version),
          some.map(({ text }) => text),
        ])
      }
    },
    async clear() {
      await query('truncate daftari.event, daftari.delivery, daftari.delivery_attempt')
    },
    async close() {
      await Promise.all([adapters.close(), pool.end()])
      await server.stop()
    },
  })
}
