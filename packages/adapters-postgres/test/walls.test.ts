import { isDomainError } from '@daftari/domain'
import { freshId } from '@daftari/testing'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createPostgresAdapters, type PostgresAdapters } from '../src/index.ts'
import { createDatabase, type TestDatabase } from './support/databases.ts'
import { type ForeignBooks, writeForeignBooks } from './support/foreign-books.ts'
import type { Probe } from './support/probe.ts'
import { aboveAllOwners, probes } from './support/probes.ts'
import { rewriteStatements, rewrittenUrl, withoutOwnerCondition } from './support/rewrite-statements.ts'
import { until } from './support/until.ts'

const TABLES = `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'daftari'::regnamespace and c.relkind = 'r' and a.attname = 'owner_id' order by c.relname`

/** Everything that an owner has, as the superuser sees it. */
async function rowsOf({ query }: TestDatabase, ownerId: string): Promise<unknown> {
  const { rows: tables } = await query(TABLES)
  expect(tables.length).toBeGreaterThan(10)
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, to_jsonb(t)::text as row from daftari.${name} t where owner_id = $1`,
  )
  const { rows } = await query(`${parts.join(' union all ')} order by 1, 2`, [ownerId])
  expect(rows.length).toBeGreaterThan(10)
  return rows
}

interface Trial {
  readonly isOwnerConditionOut: boolean
  readonly isRowSecurityOff: boolean
}

interface Walls {
  readonly database: TestDatabase
  readonly ports: PostgresAdapters
  readonly writer: PostgresAdapters
  readonly theirs: ForeignBooks
  readonly statements: ReadonlySet<string>
}

/** Books of another owner in a database of their own, behind the walls that are left. */
function standing({ isOwnerConditionOut, isRowSecurityOff }: Trial): () => Walls {
  let walls: Walls | null = null
  let restore = (): void => {}
  beforeAll(async () => {
    const database = await createDatabase(inject('serverUrl'))
    const writer = createPostgresAdapters({ connectionString: database.url })
    const theirs = await writeForeignBooks(writer)
    const statements = new Set<string>()
    restore = rewriteStatements((text) => {
      statements.add(text)
      return isOwnerConditionOut ? withoutOwnerCondition(text) : text
    })
    const ports = createPostgresAdapters({ connectionString: rewrittenUrl(database.url) })
    await ports.ready()
    if (isRowSecurityOff) {
      for (const { name } of (await database.query(TABLES)).rows) {
        await database.query(`alter table daftari.${name} disable row level security`)
      }
      await database.query('alter table daftari.owner disable row level security')
    }
    walls = { database, ports, writer, theirs, statements }
  })
  afterAll(async () => {
    restore()
    await walls?.ports.close()
    await walls?.writer.close()
    await walls?.database.drop()
  })
  return () => {
    if (walls === null) throw new Error('the walls stand before the first test')
    return walls
  }
}

interface Outcome {
  readonly answer: unknown
  readonly error: unknown
}

async function outcomeOf(probe: Probe, walls: Walls, ownerId: string): Promise<Outcome> {
  try {
    return { answer: await probe.call({ ...walls, ownerId }), error: null }
  } catch (error) {
    return { answer: null, error }
  }
}

const trials: readonly (readonly [string, Trial])[] = [
  ['behind both walls', { isOwnerConditionOut: false, isRowSecurityOff: false }],
  ['behind row level security alone', { isOwnerConditionOut: true, isRowSecurityOff: false }],
  ['behind the owner in every statement alone', { isOwnerConditionOut: false, isRowSecurityOff: true }],
]

describe.each(trials)('%s (F79, F80)', (_, trial) => {
  const walls = standing(trial)

  it.each(Object.entries(probes))('%s finds nothing of theirs and changes nothing', async (_name, probe) => {
    const { database, theirs } = walls()
    const ownerId = freshId()
    const before = await rowsOf(database, theirs.ownerId)
    const { answer, error } = await outcomeOf(probe, walls(), ownerId)
    expect(await rowsOf(database, theirs.ownerId)).toEqual(before)
    if (probe.refusal === undefined) {
      expect(error).toBeNull()
      expect(answer).toEqual(probe.nothing?.(ownerId))
    } else {
      expect(error).toSatisfy((refused) => isDomainError(refused) && refused.code === probe.refusal)
    }
  })
})

/**
 * The feed holds events back while an older transaction runs anywhere on the server, and other test files share it.
 */
async function untilFeedShows(database: TestDatabase): Promise<void> {
  const isShown = `select coalesce(bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())), true) as shown
    from daftari.event`
  await until('the feed shows everything', async () => (await database.query(isShown)).rows[0]?.shown)
}

describe('with both walls down', () => {
  const walls = standing({ isOwnerConditionOut: true, isRowSecurityOff: true })

  // Otherwise the probe proves nothing.
  it.each(Object.entries(probes).filter(([, { needsWalls }]) => needsWalls))(
    '%s would find or change what is theirs',
    async (_name, probe) => {
      const { database, writer } = walls()
      await database.query(
        `truncate ${(await database.query(TABLES)).rows.map(({ name }) => `daftari.${name}`).join()}`,
      )
      const theirs = await writeForeignBooks(writer)
      await untilFeedShows(database)
      const ownerId = freshId()
      const before = await rowsOf(database, theirs.ownerId)
      const { answer, error } = await outcomeOf(probe, { ...walls(), theirs }, ownerId)
      const isChanged = JSON.stringify(await rowsOf(database, theirs.ownerId)) !== JSON.stringify(before)
      const isFound =
        error === null && JSON.stringify(answer, plain) !== JSON.stringify(probe.nothing?.(ownerId), plain)
      expect(isChanged || isFound).toBe(true)
    },
  )

  it('no statement has kept an owner condition', () => {
    const { statements } = walls()
    const conditions = [...statements].filter((text) => /owner_id"? =/.test(text))
    expect(conditions.length).toBeGreaterThan(20)
    for (const text of conditions) expect(withoutOwnerCondition(text)).not.toMatch(/owner_id"? = \$/)
  })
})

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value
}

describe('the probes', () => {
  const walls = standing({ isOwnerConditionOut: false, isRowSecurityOff: false })

  it("are made for every method of every port that touches an owner's books", async () => {
    const { ports } = walls()
    const scope = { ownerId: freshId(), actorId: 'a-tester', idempotency: null }
    const methods = await ports.unitOfWork.transact(scope, async (tx) => methodsOf(tx, 'tx'))
    methods.push(...methodsOf(ports.queries, 'queries'), ...methodsOf(ports.owners, 'owners'))
    methods.push(...methodsOf(ports.keyUses, 'keyUses'))
    const probed = new Set(Object.keys(probes).map((name) => name.replace(/ by .+/, '')))
    expect([...probed, ...aboveAllOwners].sort()).toEqual(methods.sort())
  })
})

function methodsOf(port: object, path: string): string[] {
  return Object.entries(port).flatMap(([name, entry]) =>
    typeof entry === 'function' ? [`${path}.${name}`] : methodsOf(entry, `${path}.${name}`),
  )
}
