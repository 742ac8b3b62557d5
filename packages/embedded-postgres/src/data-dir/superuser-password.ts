import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { hasCode } from './has-code.ts'
import { isRoot, type ServerUser } from './server-user.ts'

export interface SuperuserPassword {
  readonly file: string
  readonly password: string
}

/** The password beside the database, made when there is neither. @throws password_missing */
export async function superuserPassword(
  dataDir: string,
  user: ServerUser,
  hasDatabase: boolean,
): Promise<SuperuserPassword> {
  const file = join(dataDir, 'pg.password')
  const known = await readPassword(file)
  if (known !== null) return { file, password: known }
  if (hasDatabase) {
    throw embeddedPostgresError('password_missing', `The database in ${dataDir} has lost its ${file}.`)
  }
  const password = randomBytes(24).toString('base64url')
  await writePassword(file, password, user)
  return { file, password }
}

async function readPassword(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim() || null
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

/** `wx` and the handle, not the path: in a user's directory, root must not follow a link planted there. */
async function writePassword(file: string, password: string, user: ServerUser): Promise<void> {
  const draft = `${file}.tmp`
  await rm(draft, { force: true })
  const handle = await open(draft, 'wx', 0o600)
  try {
    if (isRoot()) await handle.chown(user.uid, user.gid)
    await handle.writeFile(`${password}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}
