import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { handOver } from '../data-dir/hand-over.ts'
import { findOwner, isRoot, type ServerUser } from '../data-dir/server-user.ts'
import { embeddedPostgresError } from '../embedded-postgres-error.ts'
import { runAs } from './run-as.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
  readonly major: string
}

/** The folder of the package of binaries, with `native/` and `package.json`. */
export type FindPackage = () => string

/**
 * Finds binaries that this user can run: those of the package, otherwise those with restored symbolic links, otherwise
 * a copy under the data directory.
 * @throws binaries_missing, binaries_unusable
 */
export async function preparePostgresBinaries(
  user: ServerUser,
  dataDir: string,
  findPackage: FindPackage = installedPackage,
): Promise<PostgresBinaries> {
  const source = findPackage()
  const inPlace = await tryBinaries(user, join(source, 'native'))
  if (typeof inPlace !== 'string') return inPlace

  const isRestored = await restoreLinks(source).catch(() => false)
  const restored = isRestored ? await tryBinaries(user, join(source, 'native')) : inPlace
  if (typeof restored !== 'string') return restored

  const copied = await tryBinaries(user, join(await copyBinaries(user, source, dataDir), 'native'))
  if (typeof copied !== 'string') return copied
  throw embeddedPostgresError(
    'binaries_unusable',
    `PostgreSQL from ${source} does not run as user id ${user.uid}: ${inPlace}; copied to ${dataDir}: ${copied}`,
  )
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    const message = `There are no PostgreSQL binaries for this machine, because the optional package ${name} is not installed. Install it, or set DATABASE_URL.`
    throw embeddedPostgresError('binaries_missing', message, { cause })
  }
}

/** The binaries, or the error message of the system. */
async function tryBinaries(user: ServerUser, native: string): Promise<PostgresBinaries | string> {
  const initdb = join(native, 'bin', 'initdb')
  const postgres = join(native, 'bin', 'postgres')
  for (const program of [initdb, postgres]) {
    const { ok, stdout, output } = await runAs(user, program, ['--version'])
    const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]
    if (!ok || major === undefined) return output
    if (program === postgres) return { initdb, postgres, major }
  }
  return ''
}

/** The tarball has no symbolic links. An install script creates them, but install scripts may be disabled. */
async function restoreLinks(source: string): Promise<boolean> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(source, 'native', 'pg-symlinks.json'), 'utf8'),
  )
  let restored = false
  for (const link of links) {
    const path = join(source, link.target)
    if ((await findOwner(path)) !== null) continue
    await symlink(relative(dirname(path), join(source, link.source)), path)
    restored = true
  }
  return restored
}

/** The copy gets a temporary name first, so that an interrupted copy is never used. */
async function copyBinaries(user: ServerUser, source: string, dataDir: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'))
  const copy = join(dataDir, `pg.binaries-${version}`)
  if (typeof (await tryBinaries(user, join(copy, 'native'))) !== 'string') return copy

  for (const name of await readdir(dataDir)) {
    if (name.startsWith('pg.binaries-')) await rm(join(dataDir, name), { recursive: true, force: true })
  }
  const draft = `${copy}.tmp`
  await mkdir(draft)
  await cp(join(source, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  await restoreLinks(draft)
  await openToAll(draft)
  // Otherwise the owner of the directory could not remove the copy. The watchdog of a temporary server runs as that
  // owner.
  const owner = await findOwner(dataDir)
  if (isRoot() && owner !== null) await handOver([draft], owner)
  await rename(draft, copy)
  return copy
}

/** With a strict umask, only their owner can read the installed files. */
async function openToAll(path: string): Promise<void> {
  const entry = await lstat(path)
  if (entry.isSymbolicLink()) return
  await chmod(path, entry.isDirectory() || (entry.mode & 0o100) !== 0 ? 0o755 : 0o644)
  if (!entry.isDirectory()) return
  for (const name of await readdir(path)) await openToAll(join(path, name))
}
