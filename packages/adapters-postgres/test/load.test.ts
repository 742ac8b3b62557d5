import { EVENT_TYPES, type EventRecord } from '@daftari/application'
import { aCategory, aCategoryInput, categoryEvent } from '@daftari/testing'
import { expect, it } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { hasCode } from './support/refusals.ts'
import { until } from './support/until.ts'

const database = openDatabase()

/** `CONTENDED_UPDATES=100000` for the long setting. */
const UPDATES = Number(process.env.CONTENDED_UPDATES ?? 1500)
const WORKERS = 8
const LONG_MS = 120_000 + UPDATES * 20

it(
  `loses none of ${UPDATES} contended updates: what succeeded is what the version counts (F16)`,
  async () => {
    const { books, scope } = openAdapters(database().url)
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    let applied = 0
    let refused = 0
    let names = 0
    const worker = async (): Promise<void> => {
      while (applied + refused < UPDATES) {
        const { version } = await books.categories.get(scope, { categoryId })
        // A name of its own: the name that is there already would change nothing, and count as applied.
        const name = `Name ${names++}`
        try {
          await books.categories.update(scope, { categoryId, version }, { name })
          applied += 1
        } catch (error) {
          if (!hasCode(error, 'concurrent_change')) throw error
          refused += 1
        }
      }
    }
    await Promise.all(Array.from({ length: WORKERS }, worker))
    const { version } = await books.categories.get(scope, { categoryId })
    expect(version).toBe(1 + applied)
    expect(refused).toBeGreaterThan(0)
    const { rows } = await database().query(
      `select count(*)::integer as count, max(aggregate_version) as last from daftari.event where aggregate_id = $1`,
      [categoryId],
    )
    expect(rows).toEqual([{ count: version, last: version }])
  },
  LONG_MS,
)

it('the feed loses nothing under eight writers whose transactions end out of order, and a count of numbers would', async () => {
  const { ports, scope } = openAdapters(database().url, { maxConnections: WORKERS + 2 })
  const { ownerId, actorId } = scope
  await ports.unitOfWork.transact(
    { ownerId, actorId, idempotency: null },
    async (tx) => void (await tx.settings.get()),
  )
  const written = new Set<string>()
  let isOver = false

  const writers = Array.from({ length: WORKERS }, async (_, writer) => {
    for (let count = 0; count < 40; count += 1) {
      const category = aCategory()
      await ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, async (tx) => {
        tx.categories.insert(category)
        tx.events.append([categoryEvent('category.created', { after: category })])
        // The event has its number; others end before this one does.
        for (let reads = 0; reads <= writer; reads += 1) await tx.expenses.exist()
      })
      written.add(category.id)
    }
  })

  const read: EventRecord[] = []
  let position: string | null = null
  async function readOn(): Promise<number> {
    const page = await ports.queries.feed.list(ownerId, { after: position, types: EVENT_TYPES, limit: 50 })
    read.push(...page.map(({ record }) => record))
    position = page.at(-1)?.position ?? position
    return page.length
  }
  const reader = (async () => {
    while (!isOver) await readOn()
  })()

  const counted = new Set<string>()
  const naive = (async () => {
    let last = '0'
    while (!isOver) {
      const { rows } = await database().query(
        'select seq, aggregate_id from daftari.event where owner_id = $1 and seq > $2 order by seq',
        [ownerId, last],
      )
      for (const { aggregate_id: id } of rows) counted.add(id)
      last = rows.at(-1)?.seq ?? last
    }
  })()

  await Promise.all(writers)
  isOver = true
  await Promise.all([reader, naive])
  // What stands still in the feed waits for transactions of other files on the same server.
  await until(
    'the feed has come to its end',
    async () => (await readOn()) === 0 && read.length >= written.size,
  )
  const ids = read.map(({ aggregateId }) => aggregateId)
  expect(ids).toHaveLength(new Set(ids).size)
  expect(new Set(ids)).toEqual(written)
  expect(counted.size).toBeLessThan(written.size)
})
