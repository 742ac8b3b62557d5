import { parseArgs } from 'node:util'
import { createBooks } from '@daftari/application'
import pg from 'pg'
import { checkInvariants, createPostgresAdapters, migrateUp } from '../src/index.ts'
import { openRestartableServer } from '../test/support/restartable-server.ts'
import { type Load, startLoad } from './load.ts'

/**
 * Stops the server as at a crash, again and again, under a load of writes. The process must stay up, say nothing
 * but codes, work within two seconds of the server's return, and find all that it acknowledged.
 */

const WORKERS = 6
const PATIENCE_MS = 2000
const LIMIT_MS = 30_000
const LEAST_PER_ROUND = 100

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } })
const rounds = Number(values.rounds)

const faults: string[] = []
process.on('unhandledRejection', (reason) => faults.push(`an error that nobody handled: ${String(reason)}`))

const server = await openRestartableServer()
await migrateUp({ connectionString: server.url })
const ports = createPostgresAdapters({ connectionString: server.url, maxConnections: 4 })
const load = startLoad(createBooks(ports), WORKERS)
const recoveries: number[] = []

for (let round = 1; round <= rounds; round += 1) {
  if ((await progress(load, LEAST_PER_ROUND)) === null)
    faults.push(`round ${round}: nothing is written any more`)
  await server.stopImmediately()
  await server.start()
  const recovery = await progress(load, 1)
  if (recovery === null || recovery > PATIENCE_MS)
    faults.push(`round ${round}: first success after ${recovery ?? LIMIT_MS} ms`)
  recoveries.push(recovery ?? LIMIT_MS)
  console.error(
    `round ${round} of ${rounds}: first success after ${Math.round(recovery ?? LIMIT_MS)} ms, ${load.acknowledged} writes`,
  )
}

await load.stop()
await ports.close()
for (const error of load.unexpected) faults.push(`not a code of trouble: ${String(error)}`)
for (const lost of await lostPromises(load)) faults.push(`was acknowledged and is not there: ${lost}`)
for (const { invariant, detail } of await checkInvariants({ connectionString: server.url })) {
  faults.push(`${invariant}: ${detail}`)
}
await server.close()

for (const fault of faults) console.error(fault)
const refusals = [...load.refused].map(([code, count]) => `${count} ${code}`).join(', ')
const slowest = Math.round(Math.max(...recoveries))
console.log(
  `${rounds} restarts: ${load.acknowledged} writes acknowledged, refused ${refusals || 'none'}, slowest first success ${slowest} ms, ${faults.length} faults`,
)
process.exitCode = faults.length === 0 ? 0 : 1

/** How long until so many more writes are acknowledged; `null` when that takes forever. */
async function progress({ acknowledged: before }: Load, more: number): Promise<number | null> {
  const start = performance.now()
  while (load.acknowledged < before + more) {
    if (performance.now() - start > LIMIT_MS) return null
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return performance.now() - start
}

async function lostPromises({ promises }: Load): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const { rows } = await client.query(
    'select id from daftari.expense union all select id from daftari.invoice',
  )
  await client.end()
  const kept = new Set(rows.map(({ id }) => id))
  return [...promises.values()].flatMap((ids) => [...ids].filter((id) => !kept.has(id)))
}
