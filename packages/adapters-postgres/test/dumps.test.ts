import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createDispatcher, type EventView } from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import { startEmbeddedPostgres } from '@daftari/embedded-postgres'
import { aCategoryInput, anExpenseInput, anInvoiceInput, aPaymentInput, aScope } from '@daftari/testing'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { readSchema } from '../scripts/read-schema.ts'
import { checkInvariants, MigrationRefused, migrateUp } from '../src/index.ts'
import { administer, databaseUrl } from './support/databases.ts'
import { type DebianPostgres, installedPostgres, startDebianPostgres } from './support/debian-postgres.ts'
import { openAdapters } from './support/open-adapters.ts'
import { writeOverlapping } from './support/overlapping.ts'
import { everyFeed, readFeed } from './support/read-feed.ts'
import { until } from './support/until.ts'

const run = promisify(execFile)
const bin = installedPostgres()
const reason =
  bin === null
    ? ' (skipped: no PostgreSQL with pg_dump in /usr/lib/postgresql, apt-get install postgresql)'
    : ''

const folder = mkdtempSync(join(tmpdir(), 'daftari-dumps-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Two servers are made for each test, and one starts the program three times. */
const SLOW = { timeout: 120_000 }

const OWNER = 'books_owner'
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Uses up numbers of transactions, as years of work do. */
async function grow({ url }: DebianPostgres, transactions: number): Promise<void> {
  await administer(
    url,
    `do $$ begin for n in 1..${transactions} loop perform pg_current_xact_id(); commit; end loop; end $$`,
  )
}

/** An empty database of a plain owner of the schema, as operations.md makes it. */
async function makeDatabase({ url }: DebianPostgres): Promise<void> {
  await administer(url, `create role ${OWNER} login createrole`)
  await administer(url, `create database books owner ${OWNER}`)
}

const booksUrl = ({ url }: DebianPostgres): string => databaseUrl(url, 'books')
const ownerUrl = (server: DebianPostgres): string =>
  Object.assign(new URL(booksUrl(server)), { username: OWNER }).href

/** Everything that can happen, at once and one after the other, with a handler that has not heard of it. */
async function write(server: DebianPostgres) {
  await migrateUp({ connectionString: ownerUrl(server) })
  const { books, ports, scope } = openAdapters(booksUrl(server), { masterKey: Buffer.alloc(32, 7) })
  await books.delivery.register(scope, { name: 'mail' }, async () => {})
  const category = await books.categories.create(scope, aCategoryInput())
  await writeOverlapping(ports, scope)
  const expense = await books.expenses.create(scope, anExpenseInput({ categoryId: category.id }))
  await books.expenses.delete(scope, { expenseId: expense.id, version: 1 })
  const invoice = await books.invoices.create(scope, anInvoiceInput())
  await books.invoices.recordPayment(
    scope,
    { invoiceId: invoice.id },
    aPaymentInput({ amount: invoice.total }),
  )
  const other = aScope()
  await books.categories.create(other, aCategoryInput())
  await until('the feed shows everything', async () => (await readFeed(books, scope)).events.length === 8)
  return { books, scope, other }
}

/** From one server into the other, as operations.md does it. */
async function load(from: DebianPostgres, into: DebianPostgres): Promise<void> {
  const file = join(folder, `${from.host.replace(':', '-')}.dump`)
  await run(join(bin ?? '', 'pg_dump'), ['-Fc', '-n', 'daftari', '-f', file, booksUrl(from)])
  const asAWhole = ['--exit-on-error', '--single-transaction', '--no-privileges']
  await run(join(bin ?? '', 'pg_restore'), [...asAWhole, '-d', booksUrl(into), file])
}

async function schemaOf(server: DebianPostgres): Promise<string> {
  const client = new pg.Client({ connectionString: booksUrl(server) })
  await client.connect()
  try {
    return await readSchema(client)
  } finally {
    await client.end()
  }
}

function renumbered(server: DebianPostgres): Promise<number | null> {
  let count: number | null = null
  const onRenumbered = (events: number): void => {
    count = events
  }
  return migrateUp({ connectionString: ownerUrl(server), onRenumbered }).then(() => count)
}

describe.skipIf(bin === null)(
  `books that pg_dump took from one server into another (T16)${reason}`,
  SLOW,
  () => {
    let old: DebianPostgres
    let fresh: DebianPostgres
    beforeEach(async () => {
      ;[old, fresh] = await Promise.all([startDebianPostgres(bin ?? ''), startDebianPostgres(bin ?? '')])
      for (const server of [old, fresh]) await makeDatabase(server)
    })
    afterEach(async () => {
      await Promise.all([old.stop(), fresh.stop()])
    })

    it('have in a fresh server the feed they had, and deliver what was pending', async () => {
      await grow(old, 3000)
      const { books, scope, other } = await write(old)
      const before = [await everyFeed(books, scope), await everyFeed(books, other)]
      const { cursor } = await readFeed(books, scope)
      await load(old, fresh)
      const anew = openAdapters(booksUrl(fresh), { masterKey: Buffer.alloc(32, 7) })
      await expect(anew.ports.ready()).rejects.toThrow('the role daftari_app is missing')
      expect(await renumbered(fresh)).toBe(10)
      expect(await schemaOf(fresh)).toBe(await schemaOf(old))
      expect([await everyFeed(anew.books, scope), await everyFeed(anew.books, other)]).toEqual(before)
      await expect(anew.books.history.feed(scope, { after: cursor })).rejects.toSatisfy((error) =>
        isDomainError(error, 'invalid_cursor'),
      )
      for (const connectionString of [ownerUrl(fresh), booksUrl(fresh)]) {
        expect(await checkInvariants({ connectionString })).toEqual([])
      }

      const heard: EventView[] = []
      await anew.books.delivery.register(scope, { name: 'mail' }, async (event) => void heard.push(event))
      await createDispatcher(anew.ports).flush()
      const ids = (await readFeed(anew.books, scope)).events.map(({ id }) => id)
      expect(heard.map(({ id }) => id).sort()).toEqual(ids.toSorted())
      expect(await anew.books.delivery.stats(scope)).toMatchObject({ pending: 0, dead: 0, parked: 0 })
    })

    it('tell a consumer that follows meanwhile everything, once and in order', async () => {
      await grow(old, 3000)
      const { books, scope } = await write(old)
      const heard = new Map<string, EventView>()
      const first = await books.history.feed(scope, { limit: 3 })
      for (const event of first.data) heard.set(event.id, event)
      await load(old, fresh)
      expect(await renumbered(fresh)).toBe(10)
      const anew = openAdapters(booksUrl(fresh), { masterKey: Buffer.alloc(32, 7) })
      await anew.books.categories.create(scope, aCategoryInput({ name: 'Mpya' }))

      let after: string | undefined = first.nextCursor
      let refusals = 0
      for (let isLast = false; !isLast; ) {
        try {
          const page = await anew.books.history.feed(scope, {
            limit: 3,
            ...(after === undefined ? {} : { after }),
          })
          for (const event of page.data) if (!heard.has(event.id)) heard.set(event.id, event)
          after = page.nextCursor
          isLast = page.data.length === 0
        } catch (error) {
          if (!isDomainError(error, 'invalid_cursor')) throw error
          refusals += 1
          after = undefined
        }
      }
      expect(refusals).toBe(1)
      const { events } = await readFeed(anew.books, scope)
      expect(events).toHaveLength(9)
      expect([...heard.values()]).toEqual(events)
    })

    it('go on as they were in a server that is far ahead, cursors and all', async () => {
      await grow(fresh, 9000)
      const { books, scope } = await write(old)
      const before = await everyFeed(books, scope)
      const { nextCursor } = await books.history.feed(scope, { limit: 5 })
      await load(old, fresh)
      expect(await renumbered(fresh)).toBeNull()
      const anew = openAdapters(booksUrl(fresh), { masterKey: Buffer.alloc(32, 7) })
      expect(await everyFeed(anew.books, scope)).toEqual(before)
      const { id } = await anew.books.categories.create(scope, aCategoryInput({ name: 'Mpya' }))
      const rest = await readFeed(anew.books, scope, { after: nextCursor })
      expect(rest.events).toHaveLength(4)
      expect(rest.events.at(-1)).toMatchObject({ subject: id })
    })

    it('are refused to a start that may not migrate, also where the role is there', async () => {
      await grow(old, 3000)
      await write(old)
      await administer(booksUrl(fresh), 'create role daftari_app nologin')
      await administer(booksUrl(fresh), 'create role books_app login in role daftari_app')
      const file = join(folder, 'with-privileges.dump')
      await run(join(bin ?? '', 'pg_dump'), ['-Fc', '-n', 'daftari', '-f', file, booksUrl(old)])
      await run(join(bin ?? '', 'pg_restore'), ['--exit-on-error', '-d', booksUrl(fresh), file])
      const asApp = Object.assign(new URL(booksUrl(fresh)), { username: 'books_app' }).href
      const { ports } = openAdapters(asApp)
      await expect(ports.ready()).rejects.toThrow(MigrationRefused)
      await expect(ports.ready()).rejects.toThrow(/run: daftari migrate up$/)
      await renumbered(fresh)
      await ports.ready()
    })

    it('are taken and loaded by the commands of docs/operations.md', async () => {
      await grow(old, 3000)
      const { books, scope } = await write(old)
      const before = await everyFeed(books, scope)
      await administer(fresh.url, `drop database books`)
      await administer(fresh.url, `drop role ${OWNER}`)
      const script = (await backupBlocks())
        .slice(1)
        .join('')
        .replaceAll('new:5432', fresh.host)
        .replaceAll('…', 'x')
      const servers = { OLD: `postgres://postgres@${old.host}`, NEW: `postgres://postgres@${fresh.host}` }
      expect(script).toContain('daftari invariants')
      const { stdout } = await shell(script, servers)
      expect(stdout).toMatch(/The books were restored from a dump: their 10 events got new numbers/)
      expect(stdout).toMatch(/\nevery invariant holds\n$/)
      const anew = openAdapters(booksUrl(fresh))
      expect(await everyFeed(anew.books, scope)).toEqual(before)
    })
  },
)

describe.skipIf(bin === null)(`the books of our own server${reason}`, () => {
  it('are reached by the commands of docs/operations.md, with a pg_dump that is not older than the server', async () => {
    const dataDir = mkdtempSync(join(folder, 'own-'))
    const server = await startEmbeddedPostgres({ dataDir: join(dataDir, '.daftari'), durable: false })
    onTestFinished(() => server.stop())
    await migrateUp({ connectionString: server.connectionString })
    const [block = ''] = await backupBlocks()
    const script = block.replaceAll('.daftari', server.dataDir)
    const version = await run(join(bin ?? '', 'pg_dump'), ['--version'])
    const isOlder = Number(/\d+/.exec(version.stdout)?.[0]) < 18
    if (isOlder) {
      console.log(
        `skipped: dumping our own server, since ${version.stdout.trim()} is older; the way to it is tried`,
      )
      await expect(shell(script, {}, dataDir)).rejects.toThrow(/aborting because of server version mismatch/)
    } else {
      await shell(script, {}, dataDir)
      await run(join(bin ?? '', 'pg_restore'), ['-l', join(dataDir, 'books.dump')])
    }
  })
})

/** The commands under "Backups", in order. */
async function backupBlocks(): Promise<readonly string[]> {
  const page = await readFile(join(root, 'docs/operations.md'), 'utf8')
  const chapter = page.slice(page.indexOf('\n## Backups\n'))
  return [...chapter.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block)
}

function shell(
  script: string,
  variables: Readonly<Record<string, string>>,
  cwd = mkdtempSync(join(folder, 'shell-')),
) {
  const PATH = `${bin}:${dirname(process.execPath)}:${process.env.PATH}`
  const daftari = `daftari() { node --conditions=source ${root}packages/daftari/src/main.ts "$@"; }`
  return run('bash', ['--norc', '-euo', 'pipefail', '-c', `${daftari}\n${script}`], {
    cwd,
    env: { PATH, ...variables },
  })
}
