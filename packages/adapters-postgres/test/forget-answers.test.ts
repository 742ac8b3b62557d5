import { manualClock } from '@daftari/testing'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'

const database = openDatabase()

test('forgets the answers whose 72 hours are over, of every owner, and no other', async () => {
  const { url: connectionString } = database()
  const past = openAdapters(connectionString, { clock: manualClock('2020-01-01T00:00:00.000Z') })
  const now = openAdapters(connectionString)
  await past.books.categories.create({ ...past.scope, idempotencyKey: 'old' }, { name: 'Usafiri' })
  await now.books.categories.create({ ...now.scope, idempotencyKey: 'new' }, { name: 'Usafiri' })
  const first = await now.ports.forgetAnswers()
  const again = await now.ports.forgetAnswers()
  expect([first, again]).toEqual([1, 0])
  const { ownerId } = now.scope
  expect(await now.ports.queries.idempotency.find(ownerId, 'new')).not.toBeNull()
})

const OLD = `insert into daftari.idempotency (owner_id, key, fingerprint, result, expires_at)
  select $1, 'key ' || n, '', '{}', now() - interval '1 hour' from generate_series(1, 2500) n`
/** A snapshot of before still shows what was deleted, and by which transaction. */
const FORGOTTEN = `select count(*)::integer as rows from daftari.idempotency where xmax <> '0'::xid
  group by xmax::text order by rows`

test('forgets a thousand at once in transactions of their own, though another stays open for long (F46)', async () => {
  const { url, query } = database()
  const { ports, scope } = openAdapters(url)
  await query('insert into daftari.owner (id) values ($1)', [scope.ownerId])
  await query(OLD, [scope.ownerId])
  const long = new pg.Client({ connectionString: url })
  await long.connect()
  onTestFinished(() => long.end())
  await long.query('begin isolation level repeatable read')
  const before = await long.query('select count(*)::integer as rows from daftari.idempotency')
  expect(await ports.forgetAnswers()).toBe(2500)
  const { rows } = await long.query(FORGOTTEN)
  expect(rows.map((batch) => batch.rows)).toEqual([500, 1000, 1000])
  expect(before.rows[0]?.rows).toBeGreaterThanOrEqual(2500)
})
