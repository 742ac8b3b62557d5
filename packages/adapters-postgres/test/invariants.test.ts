import { createBooks } from '@daftari/application'
import { aCategoryInput, anExpenseInput, aScope, freshId } from '@daftari/testing'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { checkInvariants, createPostgresAdapters, migrateUp, type Violation } from '../src/index.ts'
import { administer, createDatabase, type TestDatabase } from './support/databases.ts'
import { type ForeignBooks, writeForeignBooks } from './support/foreign-books.ts'

interface Written {
  readonly database: TestDatabase
  readonly books: ForeignBooks
}

/** Books that were written by use cases alone, so that everything holds. */
async function write(database: TestDatabase): Promise<ForeignBooks> {
  const adapters = createPostgresAdapters({ connectionString: database.url })
  const subscription = `insert into daftari.subscription 
      (owner_id, id, kind, name, event_types, created_at, hears_since, updated_at, version, created_by)
    select $1, gen_random_uuid(), 'handler', 'a handler', '{*}', long_ago, long_ago, long_ago, 0, 'system'
      from (select now() - interval '1 hour' as long_ago) as past`
  for (let count = 0; count < 2; count += 1) {
    const scope = aScope()
    const use = createBooks(adapters)
    await use.settings.update(scope, { version: 0 }, { maxCategories: 50 })
    await database.query(subscription, [scope.ownerId])
    const category = await use.categories.create({ ...scope, idempotencyKey: 'a key' }, aCategoryInput())
    const expense = await use.expenses.create(scope, anExpenseInput({ categoryId: category.id }))
    await use.expenses.update(scope, { expenseId: expense.id, version: 1 }, { description: 'changed' })
    await use.expenses.create(scope, anExpenseInput({ categoryId: category.id, description: 'Basi' }))
    await use.expenses.delete(scope, { expenseId: expense.id, version: 2 })
  }
  const books = await writeForeignBooks(adapters)
  await adapters.close()
  // These rows were staged without their events, on purpose of other tests.
  await database.query(`delete from daftari.expense where id = $1`, [books.expense.id])
  await database.query('delete from daftari.category where id in ($1, $2)', [
    books.category.id,
    books.unusedCategory.id,
  ])
  return books
}

let original: Written
beforeAll(async () => {
  const database = await createDatabase(inject('serverUrl'))
  original = { database, books: await write(database) }
})
afterAll(() => original.database.drop())

/** A copy of them, to be spoilt. */
async function written(): Promise<Written> {
  const database = await createDatabase(inject('serverUrl'), original.database.name)
  onTestFinished(() => database.drop())
  return { ...original, database }
}

/** Changes a row as no use case does: the constraints are the server's, the sense is ours. */
const PLANTS: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'I1',
    'an event is missing in the middle',
    `with event as (select id from daftari.event where type = 'expense.updated'), gone as (
        delete from daftari.delivery where event_id in (select id from event))
      delete from daftari.event where id in (select id from event)`,
    / is at version none; its 2 events go from 1 to 3/,
  ],
  [
    'I1',
    'the last event of a record is missing',
    `delete from daftari.event where type = 'invoice.payment_recorded'`,
    / is at version 2; its 1 events go from 1 to 1/,
  ],
  [
    'I1',
    'a record was changed without an event',
    'update daftari.category set version = version + 1',
    / is at version 2; its 1 events/,
  ],
  [
    'I1',
    'a record was made without an event',
    `insert into daftari.category select id, gen_random_uuid(), 1, 'x', 'x', now(), 'x', now() from daftari.owner limit 1`,
    / is at version 1; its 0 events/,
  ],
  [
    'I1',
    'a record is gone without an event',
    'delete from daftari.api_key',
    / is at version none; its 1 events .* api_key.created$/,
  ],
  [
    'I1',
    'the settings were changed without an event',
    'update daftari.settings set version = 7 where version > 0',
    / is at version 7; /,
  ],
  [
    'I2',
    'a delivery is missing',
    `delete from daftari.delivery where event_id in (select id from daftari.event where type = 'expense.created')`,
    / expense.created has no delivery to /,
  ],
  [
    'I3',
    'a report leaves an expense out',
    `create or replace view daftari.expense_report as select owner_id, id, category_id, expense_date, currency, description, created_at, created_by, amount_minor::numeric as amount from daftari.expense where false`,
    / has expenses of 1250000 in minor units, in the report 0$/,
  ],
  [
    'I3',
    'an invoice is not paid by its payments',
    `update daftari.payment set amount_minor = amount_minor + 1`,
    / has 5000000 paid in minor units, its payments add up to 5000001$/,
  ],
  [
    'I5',
    'an event says that it is of another owner',
    `update daftari.event set body = replace(body, '/owners/', '/owners/x') where type = 'category.created'`,
    / says that it is of \/owners\/x/,
  ],
  [
    'I5',
    'a record has events of two owners',
    `insert into daftari.event (owner_id, id, type, aggregate_type, aggregate_id, aggregate_version, at, actor_id, body)
    select o.id, gen_random_uuid(), e.type, e.aggregate_type, e.aggregate_id, 1, e.at, 'x', '{}' from daftari.event e join daftari.owner o on o.id <> e.owner_id where e.type = 'invoice.registered'`,
    / has events of .* and /,
  ],
  [
    'I5',
    'an expense names a file of another owner',
    `update daftari.expense set attachment_ids = (select array_agg(id) from daftari.attachment)`,
    / names the file .*, which the owner does not have$/,
  ],
  [
    'I8',
    'an answer was not forgotten',
    `update daftari.idempotency set expires_at = now() - interval '61 minutes'`,
    / should have been forgotten since /,
  ],
  [
    'I9',
    'a word leads nowhere that it is written',
    `delete from daftari.invoice_word where field = 'supplier' and word = 'kilimo'`,
    /^invoice \S+ cannot be found by kilimo$/,
  ],
  [
    'I9',
    'a word leads to an expense that does not say it',
    `insert into daftari.expense_word select owner_id, 'diesel', expense_date, id from daftari.expense limit 1`,
    /^expense \S+ is found by diesel, which it does not say$/,
  ],
  [
    'I9',
    'a word stands under another day than its expense',
    `update daftari.expense_word set expense_date = expense_date - 1`,
    /^expense \S+ (cannot be|is) found by /,
  ],
  [
    'I10',
    'an event has a number of another server',
    `update daftari.event set xid = '9000000' where type = 'invoice.registered'`,
    /^event \S+ has the number 9000000, which this server has not given out$/,
  ],
]

function of(violations: readonly Violation[], invariant: string): readonly Violation[] {
  return violations.filter((violation) => violation.invariant === invariant)
}

describe('the invariants', () => {
  it('hold for books that use cases wrote', async () => {
    const { database } = await written()
    expect(await checkInvariants({ connectionString: database.url })).toEqual([])
    expect((await database.query('select from daftari.delivery')).rowCount).toBeGreaterThan(5)
  })

  it.each(PLANTS)('%s is violated when %s', async (invariant, _what, change, detail) => {
    const { database } = await written()
    expect((await database.query(change)).command).not.toBe('SELECT')
    const violations = await checkInvariants({ connectionString: database.url })
    expect(of(violations, invariant).length).toBeGreaterThan(0)
    for (const violation of of(violations, invariant)) expect(violation.detail).toMatch(detail)
  })

  it('are violated only for the owner whose books are wrong, by a name that leads there', async () => {
    const { database, books } = await written()
    await database.query('update daftari.invoice set version = 9 where id = $1', [books.invoice.id])
    const violations = await checkInvariants({ connectionString: database.url })
    expect(violations).toMatchObject([
      {
        invariant: 'I1',
        ownerId: books.ownerId,
        detail: expect.stringContaining(`invoice ${books.invoice.id} is at version 9; `),
      },
    ])
  })

  it('hold for the plain owner of the schema, who sees all events and the records of one owner, and find faults once each', async () => {
    const database = await createDatabase(inject('serverUrl'), 'template0')
    const keeper = `keeper_${database.name}`
    await administer(
      database.url,
      `create role ${keeper} login password 'x' createrole; alter database ${database.name} owner to ${keeper}`,
    )
    onTestFinished(async () => {
      await database.drop()
      await administer(inject('serverUrl'), `drop role ${keeper}`)
    })
    const url = Object.assign(new URL(database.url), { username: keeper, password: 'x' }).href
    await migrateUp({ connectionString: url })
    await write(database)
    expect(await checkInvariants({ connectionString: url })).toEqual([])
    for (const [invariant, what, change] of PLANTS) {
      await database.query(change)
      const [asOwner, asSuperuser] = [
        await checkInvariants({ connectionString: url }),
        await checkInvariants({ connectionString: database.url }),
      ]
      const sorted = (found: readonly Violation[]) => found.map((one) => JSON.stringify(one)).sort()
      expect(sorted(asOwner), what).toEqual(sorted(asSuperuser))
      expect(of(asOwner, invariant).length, what).toBeGreaterThan(0)
    }
  })

  it('are not looked for by a login that sees nobody, and it is told which does', async () => {
    const { database } = await written()
    await expect(checkInvariants({ connectionString: database.plainUrl })).rejects.toThrow(
      /does not see the rows of all owners; set DATABASE_SYSTEM_URL to a login that owns the schema/,
    )
  })

  it('are seen by a schema owner who sees one owner at a time, too', async () => {
    const { database, books } = await written()
    const name = `keeper_${freshId().replaceAll('-', '')}`
    const tables = `select format('daftari.%I', relname) as name from pg_class
      where relnamespace = 'daftari'::regnamespace and relkind in ('r', 'v')`
    await database.query(
      `create role ${name} login password '${name}'; grant usage on schema daftari to ${name}`,
    )
    onTestFinished(() => administer(inject('serverUrl'), `drop role ${name}`).then(() => {}))
    for (const { name: table } of (await database.query(tables)).rows) {
      await database.query(`alter table ${table} owner to ${name}`)
    }
    await database.query(`alter policy access_lookup on daftari.owner to ${name}`)
    const url = new URL(database.url)
    url.username = name
    url.password = name
    expect(await checkInvariants({ connectionString: url.href })).toEqual([])
    await database.query('update daftari.invoice set version = 9 where id = $1', [books.invoice.id])
    expect(await checkInvariants({ connectionString: url.href })).toHaveLength(1)
    await database.query(`reassign owned by ${name} to postgres; drop owned by ${name}`)
  })
})
