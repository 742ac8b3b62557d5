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
 * Runs initdb in a temporary directory and renames it to `pg` when it is complete. The temporary directory has a new
 * name each time, so that an initdb that runs on after its parent died cannot write into the directory of the next one.
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
  // Unlike the server, initdb requires a name for its user id. Run it as a user with a name, and change the owner of
  // the files afterwards.
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

/** The output when initdb failed; `null` when the database is complete. */
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
  // The locale sorts by code point like C, but lower() knows more letters than ASCII, and it does not depend on a
  // system library.
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
    // A dying initdb may still write there. Its files contain no data, and the next start removes them.
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
