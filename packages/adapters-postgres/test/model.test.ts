import { createBooks, type Ids, type Ports } from '@daftari/application'
import type { Owner } from '@daftari/domain'
import { createMemoryAdapters, freshId, manualClock } from '@daftari/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPostgresAdapters, type PostgresAdapters } from '../src/index.ts'
import { type Made, steps } from './model/commands.ts'
import { createDatabase } from './support/databases.ts'
import { startServer } from './support/server.ts'

/** More by `MODEL_RUNS=2000`. */
const RUNS = Number(process.env.MODEL_RUNS ?? 200)
const COMMANDS = 50

const clock = manualClock('2026-11-21T09:00:00.000Z')
let server: Awaited<ReturnType<typeof startServer>>
let postgres: PostgresAdapters

beforeAll(async () => {
  server = await startServer()
  const { plainUrl } = await createDatabase(server.connectionString)
  postgres = createPostgresAdapters({ connectionString: plainUrl, clock })
})
afterAll(async () => {
  await postgres.close()
  await server.stop()
})

/** The same ids on both sides. */
function countedIds(): Ids {
  let count = 0
  return {
    next<Id extends string>() {
      count += 1
      return `01920000-0000-7000-8000-${count.toString(16).padStart(12, '0')}` as Id
    },
  }
}

const booksOn = (ports: Ports) => createBooks({ ...ports, ids: countedIds() })

it(
  'comes to the same views and refusals in memory and on PostgreSQL',
  async () => {
    let [runs, compared] = [0, 0]
    const length = { minLength: COMMANDS, maxLength: COMMANDS }
    const property = fc.asyncProperty(fc.array(fc.oneof(...steps), length), async (all) => {
      const scope = { ownerId: freshId<string>(), actorId: 'a-tester' }
      const memory = createMemoryAdapters({ clock })
      const timeZone = 'Africa/Dar_es_Salaam' as Owner['timeZone']
      const owner = {
        id: scope.ownerId as Owner['id'],
        name: 'Model',
        timeZone,
        createdAt: clock.now(),
        createdBy: 'a-tester',
      }
      // Without it books are opened by their first write, which then runs again and takes other ids.
      for (const { owners } of [memory, postgres]) await owners.create(owner)
      const sides = { memory: booksOn(memory), postgres: booksOn(postgres), scope }
      const made: Made = { categories: [], expenses: [], invoices: [] }
      await fc.asyncModelRun(() => ({ model: made, real: sides }), all)
      runs += 1
      compared += all.length
    })
    const { failed, ...details } = await fc.check(property, { numRuns: RUNS })
    console.log(
      `${runs} runs of ${COMMANDS} commands, ${compared} compared, ${failed ? 'a difference' : '0 differences'}`,
    )
    if (failed) throw new Error(fc.defaultReportMessage({ failed, ...details } as never))
    expect(runs).toBe(RUNS)
  },
  RUNS * 1000,
)
