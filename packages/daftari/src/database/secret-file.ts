import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** What a file of the data directory holds, or `null` when it is not there. */
export async function readSecret(dataDir: string, name: string): Promise<string | null> {
  try {
    return (await readFile(join(dataDir, name), 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Writes a file that only its user reads, in one step: a reader finds the old text or the new one. */
export async function writeSecret(dataDir: string, name: string, text: string): Promise<string> {
  const file = join(dataDir, name)
  await rename(await draftOf(dataDir, file, text), file)
  return file
}

/** The text of the file, made when it is not there. Of several starters, one makes it for all. */
export async function secretOnce(dataDir: string, name: string, make: () => string): Promise<string> {
  const known = await readSecret(dataDir, name)
  if (known !== null) return known
  const file = join(dataDir, name)
  const draft = await draftOf(dataDir, file, make())
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  return (await readSecret(dataDir, name)) ?? secretOnce(dataDir, name, make)
}

async function draftOf(dataDir: string, file: string, text: string): Promise<string> {
  await mkdir(dataDir, { recursive: true })
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    // Before it gets its name: after a loss of power the file is whole or not there.
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}
