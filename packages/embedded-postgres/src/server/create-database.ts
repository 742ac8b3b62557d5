import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { lchown, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { handOver } from '../data-dir/hand-over.ts'
import { isRoot, NOBODY, type ServerUser } from '../data-dir/server-user.ts'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { readLines } from './read-lines.ts'
import { spawnWatched } from './spawn-watched.ts'

export interface NewDatabase {
  readonly initdb: string
  readonly dataDir: string
  readonly user: ServerUser
  readonly passwordFile: string
  readonly durable: boolean
  readonly discard?: string | undefined
  readonly log: (line: string) => void
}

const DRAFT = 'pg.init-'

/**
 * Runs initdb in a side directory and renames it to `pg` when it is whole. The side directory has a new name each
 * time: an initdb that outlived its starter for a moment writes into its own.
 * @throws initdb_failed
 */
export async function createDatabase(database: NewDatabase): Promise<void> {
  const { dataDir, durable } = database
  await removeDrafts(dataDir)
  const draft = join(dataDir, `${DRAFT}${randomBytes(6).toString('hex')}`)
  try {
    await fillDraft(database, draft)
    await rename(draft, join(dataDir, 'pg'))
  } catch (error) {
    await removeDrafts(dataDir)
    throw error
  }
  if (durable) await syncDirectory(dataDir)
}

async function fillDraft(database: NewDatabase, draft: string): Promise<void> {
  const { user } = database
  const first = await runInitdb(database, draft, user, [])
  if (first === null) return
  // initdb, unlike the server, insists on a name for its user id: give it one and hand the files over.
  if (!first.some((line) => line.includes('could not look up effective user ID')))
    throw failed(database, first)
  await rm(draft, { recursive: true, force: true })
  const second = isRoot()
    ? await runInitdb(database, draft, NOBODY, [])
    : await runInitdb(database, draft, user, [
        'unshare',
        '--user',
        '--map-user=65534',
        '--map-group=65534',
        '--',
      ])
  if (second !== null) throw failed(database, second)
  if (isRoot()) await handOver([database.passwordFile, draft], user)
}

/** What it said when it failed; `null` when the draft is a whole database. */
async function runInitdb(
  { initdb, passwordFile, durable, discard, log }: NewDatabase,
  draft: string,
  user: ServerUser,
  wrapper: readonly string[],
): Promise<readonly string[] | null> {
  await mkdir(draft, { mode: 0o700 })
  if (isRoot()) {
    await lchown(draft, user.uid, user.gid)
    await lchown(passwordFile, user.uid, user.gid)
  }
  const args = [
    '-D',
    draft,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
  ]
  // Sorted by code point like C, but lower() knows more letters than ASCII, and no system library has a say.
  args.push('--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!durable) args.push('--no-sync')
  const [program = initdb, ...rest] = [...wrapper, initdb, ...args]
  const child = spawnWatched({ user, program, args: rest, discard })
  const output = readLines(child, log)
  const [code] = await once(child, 'close')
  return code === 0 ? null : output
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    // A dying initdb may still write there; its leavings are nobody's data and go with the next start.
    if (name.startsWith(DRAFT))
      await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => {})
  }
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

function failed({ dataDir }: NewDatabase, output: readonly string[]): Error {
  const message = `initdb could not create a database in ${dataDir}: ${output.slice(-8).join('\n')}`
  return embeddedPostgresError('initdb_failed', message, { output })
}
