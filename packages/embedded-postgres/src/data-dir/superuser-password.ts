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

/** The password in the file next to the database. It is generated when neither exists. @throws password_missing */
export async function superuserPassword(
  dataDir: string,
  user: ServerUser,
  hasDatabase: boolean,
): Promise<SuperuserPassword> {
  const file = join(dataDir, 'pg.password')
  const known = await readPassword(file)
  if (known !== null) return { file, password: known }
  if (hasDatabase) {
    throw embeddedPostgresError(
      'password_missing',
      `The file ${file} of the database in ${dataDir} is missing. Restore it from a backup.`,
    )
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

/** Uses the flag `wx` and the file handle instead of the path, so that root does not follow a symbolic link that another user created there. */
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
