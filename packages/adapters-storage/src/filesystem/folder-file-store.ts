import { constants } from 'node:fs'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ByteRange, FileStore, ListedFile, ReceivedFile, StoredFile } from '@daftari/application'
import type { FileKey, Instant } from '@daftari/domain'
import type { FileDriver, ReadPieces } from '../file-driver.ts'
import { guardedFileStore } from '../guarded-file-store.ts'
import { readPart } from '../receiving/read-part.ts'
import { absent, Spool } from '../receiving/spool.ts'
import type { SpooledFile } from '../receiving/spooled-file.ts'
import { makeFolders, syncFolder } from './durable-folder.ts'
import { existingPath, pathOf, SIDE_CAR, sizeAt } from './file-paths.ts'
import { listFolder } from './list-folder.ts'
import { readSideCar, sideCarText } from './side-car.ts'

const MARK = '.daftari-store'
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG']

export interface FolderFileStoreOptions {
  /** Of this store alone. It is made when the store is marked. */
  readonly folder: string
}

/** Files in a folder: their bytes under `files`, and under `receiving` those that are on their way. */
export function createFolderFileStore({ folder }: FolderFileStoreOptions): FileStore {
  return guardedFileStore(new FolderDriver(folder), { keepsMark: false })
}

class FolderDriver implements FileDriver {
  readonly #folder: string
  readonly #files: string
  readonly #spool: Spool

  constructor(folder: string) {
    this.#folder = folder
    this.#files = join(folder, 'files')
    this.#spool = new Spool(join(folder, 'receiving'))
  }

  async storeId(): Promise<string | null> {
    const text = await readFile(join(this.#folder, MARK), 'utf8').catch(absent)
    return text?.trim() ?? null
  }

  /** A link, and no renaming: of two that mark at once, one finds the name taken. */
  async mark(id: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const file = await this.#spooled(`${id}\n`)
    try {
      await file.moveTo((path) =>
        link(path, join(this.#folder, MARK))
          .catch(taken)
          .then(() => rm(path)),
      )
      await syncFolder(this.#folder)
    } finally {
      await file.discard()
    }
  }

  async receive(pieces: AsyncIterable<Uint8Array>, limitBytes: number): Promise<ReceivedFile | null> {
    const file = await this.#spool.create()
    return (await file.fill(pieces, limitBytes)) ? file : null
  }

  /** The side-car first: what is read is the file, and it never lies there without one. */
  async put(key: FileKey, file: ReceivedFile, read: ReadPieces, contentType: string): Promise<void> {
    const isHere = this.#spool.holds(file) && file.hasName
    const bytes = isHere ? file : await this.#copied(key, file, read)
    try {
      await bytes.sync()
      const month = await makeFolders(this.#folder, ['files', ...key.split('/').slice(0, -1)])
      const sideCar = await this.#spooled(sideCarText({ sha256: file.sha256, contentType }))
      try {
        await this.#place(key, month, bytes, sideCar)
      } finally {
        await sideCar.discard()
      }
    } finally {
      if (!isHere) await bytes.discard()
    }
  }

  async #place(key: FileKey, month: string, bytes: SpooledFile, sideCar: SpooledFile): Promise<void> {
    const path = join(month, basename(key))
    const isNew = (await sizeAt(path, key)) === null
    try {
      await sideCar.moveTo((from) => rename(from, path + SIDE_CAR))
      await bytes.moveTo((from) => rename(from, path))
      await syncFolder(month)
    } catch (failure) {
      // What was there before stays, though it may have got the new side-car.
      if (isNew) await this.#remove(path)
      throw failure
    }
  }

  async stat(key: FileKey): Promise<StoredFile | null> {
    const path = await existingPath(this.#files, key)
    if (path === null) return null
    const [sizeBytes, sideCarBytes] = await Promise.all(
      [path, path + SIDE_CAR].map((one) => sizeAt(one, key)),
    )
    if (sizeBytes === null || sizeBytes === undefined) return null
    const told =
      typeof sideCarBytes === 'number' ? await readFile(path + SIDE_CAR, 'utf8').catch(absent) : null
    return { sizeBytes, ...readSideCar(told ?? '') }
  }

  async sizeOf(key: FileKey): Promise<number | null> {
    const path = await existingPath(this.#files, key)
    return path === null ? null : sizeAt(path, key)
  }

  /** `sizeOf` has looked for symbolic links on the way just before. */
  async *read(key: FileKey, range: ByteRange): AsyncGenerator<Uint8Array> {
    const handle = await open(pathOf(this.#files, key), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      yield* readPart(handle, range)
    } finally {
      await handle.close()
    }
  }

  /** The bytes first: a side-car that is left over is listed, and removed by whoever removes the file again. */
  async delete(key: FileKey): Promise<void> {
    const path = await existingPath(this.#files, key)
    if (path === null) return
    await this.#remove(path)
    await syncFolder(dirname(path))
  }

  async #remove(path: string): Promise<void> {
    await rm(path, { force: true })
    await rm(path + SIDE_CAR, { force: true })
  }

  list(after: FileKey | null, limit: number): Promise<readonly ListedFile[]> {
    return listFolder(this.#files, after, limit)
  }

  sweepUnfinished(before: Instant): Promise<number> {
    return this.#spool.sweep(before)
  }

  async close(): Promise<void> {}

  refusal(failure: unknown): 'unavailable' | 'storage_full' | null {
    if (!(failure instanceof Error) || !('syscall' in failure) || !('code' in failure)) return null
    return FULL.includes(String(failure.code)) ? 'storage_full' : 'unavailable'
  }

  async #copied(key: FileKey, file: ReceivedFile, read: ReadPieces): Promise<SpooledFile> {
    const copy = await this.#spool.create()
    await copy.fill(read(), file.sizeBytes)
    if (copy.sha256 === file.sha256) return copy
    await copy.discard()
    throw new Error(`the bytes that came for ${key} do not have the hash that was said`)
  }

  async #spooled(text: string): Promise<SpooledFile> {
    const file = await this.#spool.create()
    await file.fill(onePiece(Buffer.from(text)), Number.POSITIVE_INFINITY)
    try {
      await file.sync()
    } catch (failure) {
      await file.discard()
      throw failure
    }
    return file
  }
}

function taken(failure: unknown): void {
  if (failure instanceof Error && 'code' in failure && failure.code === 'EEXIST') return
  throw failure
}

async function* onePiece(piece: Uint8Array): AsyncGenerator<Uint8Array> {
  yield piece
}
