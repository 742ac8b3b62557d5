import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CannotRun } from '../cannot-run.ts'
import { type Run, WORKERS } from '../contest/contender.ts'

const MISSING = `pgbench is missing: it is the measure that our writes are held against.
On Debian and Ubuntu: apt-get install postgresql, which need not run; or name one in PGBENCH=/path/to/pgbench.`

/** @throws CannotRun */
export function findPgbench(): string {
  const named = process.env.PGBENCH
  const found = named === undefined ? globSync('/usr/lib/postgresql/*/bin/pgbench').toSorted().at(-1) : named
  if (found === undefined || !existsSync(found)) throw new CannotRun(MISSING)
  return found
}

interface Pgbench {
  readonly program: string
  readonly connectionString: string
  readonly durationMs: number
}

/** Runs a script of pgbench with prepared statements, from two threads, and believes only a run without a failure. */
export async function runPgbench(
  { program, connectionString, durationMs }: Pgbench,
  script: string,
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'daftari-pgbench-'))
  try {
    const file = join(folder, 'script.sql')
    await writeFile(file, script)
    const seconds = String(Math.ceil(durationMs / 1000))
    const options = [
      '-n',
      '-M',
      'prepared',
      '-D',
      'seq=0',
      '-c',
      `${WORKERS}`,
      '-j',
      '2',
      '-T',
      seconds,
      '-f',
      file,
    ]
    const { hostname, port, username, password, pathname } = new URL(connectionString)
    const { stdout } = await promisify(execFile)(program, [...options, pathname.slice(1)], {
      env: { ...process.env, PGHOST: hostname, PGPORT: port, PGUSER: username, PGPASSWORD: password },
    })
    const operations = numberAfter(stdout, 'transactions actually processed: ')
    if (numberAfter(stdout, 'failed transactions: ') > 0) throw new Error(`pgbench failed:\n${stdout}`)
    return { operations, elapsedMs: (operations / numberAfter(stdout, 'tps = ')) * 1000 }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function numberAfter(text: string, label: string): number {
  const at = text.indexOf(label)
  if (at < 0) throw new Error(`pgbench did not say "${label.trim()}":\n${text}`)
  return Number.parseFloat(text.slice(at + label.length))
}
