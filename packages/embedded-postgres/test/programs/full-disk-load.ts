/** Writes until the disk is full, makes room, starts again and compares what was acknowledged with what is there. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { Client } from 'pg'
import { startEmbeddedPostgres } from '../../src/index.ts'
import { query } from '../support/query.ts'

const { dataDir } = JSON.parse(process.argv[2] ?? '{}')
const first = await startEmbeddedPostgres({ dataDir })
await query(first.connectionString, 'create table written (n int primary key, filler bytea)')
const client = new Client({ connectionString: first.connectionString })
client.on('error', () => {})
await client.connect()

let acknowledged = 0
let failure = ''
while (failure === '') {
  const row = [acknowledged + 1, randomBytes(400_000)]
  await client.query('insert into written values ($1, $2)', row).then(
    () => acknowledged++,
    (error) => {
      failure = error.message
    },
  )
}
await client.end().catch(() => {})
await first.stop()
execFileSync('mount', ['-o', 'remount,size=300m', dirname(dataDir)])

const second = await startEmbeddedPostgres({ dataDir })
const missing = await query(
  second.connectionString,
  `select n from generate_series(1, ${acknowledged}) n left join written using (n) where filler is null`,
)
await second.stop()
const log = [failure, String(acknowledged), `missing: ${missing.map(({ n }) => n).join(' ') || 'none'}`]
console.log(JSON.stringify({ server: { log } }))
process.stdin.destroy()
