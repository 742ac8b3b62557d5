import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReceivedFile } from '@daftari/application'
import type { Instant } from '@daftari/domain'
import { SpooledFile } from './spooled-file.ts'

const OWNER_ONLY = 0o600

/** A folder in which bytes lie until they are stored. */
export class Spool {
  readonly folder: string
  /** What this process is about to store: never a leftover, however old. */
  readonly #held: Set<string> = new Set()
  readonly #own: WeakSet<object> = new WeakSet()

  constructor(folder: string) {
    this.folder = folder
  }

  /** An empty file that has a name, so that it can be moved to where it belongs. */
  async create(): Promise<SpooledFile> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const path = join(this.folder, randomUUID())
    const handle = await open(path, 'wx+', OWNER_ONLY)
    this.#held.add(path)
    const file = new SpooledFile(handle, path, () => this.#held.delete(path))
    this.#own.add(file)
    return file
  }

  /** Whether the bytes lie here, so that they can be moved where others have to be copied. */
  holds(file: ReceivedFile): file is SpooledFile {
    return this.#own.has(file)
  }

  /** An empty file without a name: the system removes it when the process ends, however that happens. */
  async createNameless(): Promise<SpooledFile> {
    const file = await this.create()
    await file.removeName()
    return file
  }

  /** Removes what nobody wrote to since `before`, and counts it. */
  async sweep(before: Instant): Promise<number> {
    let count = 0
    for (const name of await namesIn(this.folder)) {
      const path = join(this.folder, name)
      if (this.#held.has(path)) continue
      const { mtimeMs } = (await lstat(path).catch(absent)) ?? { mtimeMs: Number.POSITIVE_INFINITY }
      if (mtimeMs >= before) continue
      await rm(path, { force: true })
      count += 1
    }
    return count
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(absent)) ?? []
}

/** Nothing, for what is not there. */
export function absent(failure: unknown): null {
  if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return null
  throw failure
}
