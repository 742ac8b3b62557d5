/** On a file system too small for a database: tries, makes room, tries again, and reports each step. */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { startEmbeddedPostgres } from '../../src/index.ts'
import { query } from '../support/query.ts'

const { dataDir } = JSON.parse(process.argv[2] ?? '{}')
const log: string[] = []

await startEmbeddedPostgres({ dataDir }).catch((error) => log.push(error.code, error.message))
const left = readdirSync(dataDir).filter((name) => !name.startsWith('pg.binaries-'))
log.push(`data_dir: ${left.sort().join(' ')}`)
execFileSync('mount', ['-o', 'remount,size=300m', dirname(dataDir)])
const server = await startEmbeddedPostgres({ dataDir })
const rows = await query(
  server.connectionString,
  "select current_setting('server_version_num')::int / 10000 as v",
)
log.push(`after room was made: ${rows[0]?.v}`)
await server.stop()
console.log(JSON.stringify({ server: { log } }))
process.stdin.destroy()
