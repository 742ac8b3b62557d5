import { createPostgresAdapters, migrateUp, type PostgresAdapters } from '@daftari/adapters-postgres'
import { startTemporaryPostgres } from '@daftari/embedded-postgres'
import pg from 'pg'
import { generateBooks } from '../books/generate-books.ts'
import { type BooksPlan, ownerCount, plannedOwnerId } from '../books/plan.ts'

const UNTIL = '2024-12-31'

/** Where a page begins that somebody reaches by turning pages for long. */
export interface Place {
  readonly ownerId: string
  readonly after: { readonly key: string; readonly id: string }
}

/** Generated books in a database of their own. */
export interface ReadBooks {
  readonly rows: number
  readonly adapters: PostgresAdapters
  readonly largeOwnerId: string
  /** The middle of the list of some ordinary owners. */
  readonly places: readonly Place[]
  /** The middle of the large owner's list. */
  readonly largePlace: Place
  /** Adapters on new connections, while these indexes are there for nobody. */
  without<Result>(
    indexes: readonly string[],
    work: (adapters: PostgresAdapters) => Promise<Result>,
  ): Promise<Result>
}

export interface Shelf {
  add(rows: number): Promise<ReadBooks>
  close(): Promise<void>
}

/** Nothing that is only read has to be durable. */
const SETTINGS = {
  autovacuum: 'off',
  jit: 'off',
  shared_buffers: '4GB',
  max_wal_size: '4GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
}

const SOME_OWNERS = 500

export async function openShelf(log: (line: string) => void): Promise<Shelf> {
  const server = await startTemporaryPostgres({ settings: SETTINGS })
  const opened: (() => Promise<void>)[] = []
  return {
    async add(rows) {
      const connectionString = await databaseFor(server.connectionString, rows)
      const client = new pg.Client({ connectionString })
      await client.connect()
      opened.push(() => client.end())
      const plan = { rows, seed: 1, until: UNTIL, hasEvents: false }
      await generateBooks(client, plan, (line) => log(`${rows} rows, ${line}`))
      const adapters = createPostgresAdapters({ connectionString, maxConnections: 2 })
      await adapters.ready()
      opened.push(() => adapters.close())
      return {
        rows,
        adapters,
        ...(await placesIn(client, plan)),
        without: withoutIndex(connectionString, client),
      }
    },
    async close() {
      for (const close of opened.toReversed()) await close()
      await server.stop()
    },
  }
}

async function databaseFor(serverUrl: string, rows: number): Promise<string> {
  const url = new URL(serverUrl)
  url.pathname = `/books_${rows}`
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database books_${rows}`)
  await client.end()
  await migrateUp({ connectionString: url.href })
  return url.href
}

const PLACE = `select id, expense_date::text as key from daftari.expense where owner_id = $1
  order by expense_date desc, id desc offset (select count(*) / 2 from daftari.expense where owner_id = $1) limit 1`

async function placesIn(
  client: pg.Client,
  plan: BooksPlan,
): Promise<Pick<ReadBooks, 'largeOwnerId' | 'places' | 'largePlace'>> {
  const place = async (at: number): Promise<Place> => {
    const ownerId = plannedOwnerId(plan, at)
    const [after] = (await client.query(PLACE, [ownerId])).rows
    return { ownerId, after }
  }
  const owners = ownerCount(plan)
  const places: Place[] = []
  for (let at = 0; at < Math.min(SOME_OWNERS, owners - 1); at += 1) {
    places.push(await place(1 + Math.floor(((at + 0.5) * (owners - 1)) / Math.min(SOME_OWNERS, owners - 1))))
  }
  return { largeOwnerId: plannedOwnerId(plan, 0), places, largePlace: await place(0) }
}

/** The planner leaves an index alone that is not valid. Connections that know it already are not used. */
function withoutIndex(connectionString: string, client: pg.Client): ReadBooks['without'] {
  const mark = (indexes: readonly string[], isValid: boolean): Promise<unknown> =>
    client.query('update pg_index set indisvalid = $2 where indexrelid = any ($1::regclass[])', [
      indexes,
      isValid,
    ])
  return async (indexes, work) => {
    await mark(indexes, false)
    const adapters = createPostgresAdapters({ connectionString, maxConnections: 2 })
    try {
      return await work(adapters)
    } finally {
      await adapters.close()
      await mark(indexes, true)
    }
  }
}
