import { createHash } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { runAs } from '../server/run-as.ts'
import { chooseServerUser, findOwner, isRoot, type ServerUser } from './server-user.ts'

export interface DataPlace {
  readonly dataDir: string
  readonly user: ServerUser
  /** A message for the person who starts the service, when the place differs from the requested one. */
  readonly notice: string | null
}

/**
 * Finds the folder of the data and the user of the server. An existing database always decides. Otherwise a change of
 * the permissions of a parent directory could make the server start with an empty database.
 * @throws data_dir_out_of_reach, data_dir_not_ours
 */
export async function findDataPlace(asked: string, fallbackRoot: string): Promise<DataPlace> {
  const user = await chooseServerUser([join(asked, 'pg'), asked, dirname(asked)])
  const reachable = await canReach(user, asked)
  if (await owned(asked)) {
    if (!reachable) throw outOfReach(`${asked} holds a database that user id ${user.uid} cannot reach.`)
    return refuseForeign({ dataDir: asked, user, notice: null })
  }
  const moved = join(fallbackRoot, createHash('sha256').update(asked).digest('hex').slice(0, 16))
  if (reachable && !(await owned(moved))) return { dataDir: asked, user, notice: null }
  return moveTo(moved, asked, user)
}

async function moveTo(moved: string, asked: string, user: ServerUser): Promise<DataPlace> {
  const owner = await owned(moved)
  const place = {
    dataDir: moved,
    user: owner !== null && isRoot() ? owner : user,
    notice:
      owner === null
        ? `${asked} is out of reach for user id ${user.uid}, so the database lives in ${moved}.`
        : `The database of ${asked} lives in ${moved}.`,
  }
  if (owner !== null) return refuseForeign(place)
  await createFallback(moved)
  if (!(await canReach(user, moved))) {
    throw outOfReach(`User id ${user.uid} can reach neither ${asked} nor ${moved}.`)
  }
  return place
}

async function createFallback(moved: string): Promise<void> {
  for (const path of [dirname(moved), moved]) {
    const created = await mkdir(path, { recursive: true })
    if (created !== undefined) await chmod(path, 0o755)
  }
}

async function refuseForeign(place: DataPlace): Promise<DataPlace> {
  const owner = await owned(place.dataDir)
  if (owner === null || isRoot() || owner.uid === place.user.uid) return place
  throw embeddedPostgresError(
    'data_dir_not_ours',
    `The database in ${place.dataDir} belongs to user id ${owner.uid}; start it as that user or as root.`,
  )
}

function owned(dataDir: string): Promise<ServerUser | null> {
  return findOwner(join(dataDir, 'pg'))
}

/** Tries the access instead of computing it from file modes, because access lists, namespaces and network file systems also decide. */
async function canReach(user: ServerUser, dataDir: string): Promise<boolean> {
  const { ok } = await runAs(user, '/bin/sh', ['-c', 'cd "$1"', 'sh', dataDir])
  return ok
}

function outOfReach(message: string): Error {
  return embeddedPostgresError('data_dir_out_of_reach', message)
}
