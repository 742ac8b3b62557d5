import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The text of a file in the data directory, or `null` when the file does not exist. */
export async function readSecret(dataDir: string, name: string): Promise<string | null> {
  try {
    return (await readFile(join(dataDir, name), 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Writes a file atomically, readable by its user only. A reader finds either the old or the new text. */
export async function writeSecret(dataDir: string, name: string, text: string): Promise<string> {
  const file = join(dataDir, name)
  await rename(await draftOf(dataDir, file, text), file)
  return file
}

/** The text of the file. It is created when it does not exist; when several processes start at once, all use the same file. */
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
    // The content is flushed before the file gets its name, so that after a power failure the file is complete or
    // absent.
    await handle.sync()
  } finally {
    await handle.close()
  }
  return draft
}
