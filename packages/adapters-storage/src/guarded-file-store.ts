import type { ByteRange, FileStore, ReceivedFile } from '@daftari/application'
import { DomainError, type FileKey, isDomainError, isUuid, parseFileKey } from '@daftari/domain'
import type { FileDriver } from './file-driver.ts'

const messages = {
  unavailable: 'The files cannot be reached at the moment.',
  storage_full: 'There is no room left for files.',
}

export interface GuardOptions {
  /**
   * Whether an id that was seen once stays: a bucket does not go away by itself, but a disk can be unmounted, and what
   * is then written into the empty folder is hidden once it is mounted again.
   */
  readonly keepsMark: boolean
}

/** Around a driver: refuses what is no key, watches over the mark, and gives failures of the store their code. */
export function guardedFileStore(driver: FileDriver, { keepsMark }: GuardOptions): FileStore {
  let seenId: string | null = null

  async function storeId(): Promise<string | null> {
    const id = await driver.storeId()
    seenId = id !== null && isUuid(id) ? id : null
    return seenId
  }

  async function requireMark(isLookedFor = !keepsMark): Promise<string> {
    const id = isLookedFor || seenId === null ? await storeId() : seenId
    if (id === null) {
      const message = 'The file store has no id: it is not mounted, or was never initialised.'
      throw new DomainError('unavailable', {}, { message })
    }
    return id
  }

  /** What is not there is missing only where the store itself is there. */
  async function orMissing<Found>(found: Found | null): Promise<Found | null> {
    if (found === null) await requireMark(true)
    return found
  }

  async function refusing<Result>(work: () => Promise<Result>, source?: Source): Promise<Result> {
    try {
      return await work()
    } catch (failure) {
      throw source?.failures.has(failure) ? failure : refused(failure)
    }
  }

  function refused(failure: unknown): unknown {
    const code = isDomainError(failure) ? null : driver.refusal(failure)
    return code === null ? failure : new DomainError(code, {}, { message: messages[code], cause: failure })
  }

  async function* refusingPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces
    } catch (failure) {
      throw refused(failure)
    }
  }

  return {
    storeId: () => refusing(storeId),
    mark: (id) =>
      refusing(async () => {
        if (!isUuid(id)) throw new RangeError(`"${id}" is not an id for a store`)
        if ((await storeId()) === null) await driver.mark(id)
        return requireMark(true)
      }),
    async receive(pieces, limitBytes) {
      const source = new Source()
      return refusing(async () => {
        await requireMark()
        return driver.receive(source.watched(pieces), limitBytes)
      }, source)
    },
    async put(key, file, contentType) {
      requireKey(key)
      const source = new Source()
      return refusing(async () => {
        const id = await requireMark()
        await driver.put(key, file, () => source.watched(complete(key, file)), contentType)
        await file.discard()
        return id
      }, source)
    },
    async read(key, range) {
      requireKey(key)
      if (range !== undefined) requireRange(range)
      return refusing(async () => {
        const sizeBytes = await orMissing(await driver.sizeOf(key))
        if (sizeBytes === null) return null
        const part = within(range ?? { offset: 0, length: sizeBytes }, sizeBytes)
        return part.length === 0 ? nothing() : refusingPieces(driver.read(key, part))
      })
    },
    async stat(key) {
      requireKey(key)
      return refusing(async () => orMissing(await driver.stat(key)))
    },
    async delete(key) {
      requireKey(key)
      return refusing(async () => {
        await requireMark()
        await driver.delete(key)
      })
    },
    list: (after, limit) =>
      refusing(async () => {
        if (after !== null) requireKey(after)
        await requireMark(true)
        return driver.list(after, limit)
      }),
    sweepUnfinished: (before) =>
      refusing(async () => {
        await requireMark()
        return driver.sweepUnfinished(before)
      }),
    close: () => driver.close(),
  }
}

/** Where pieces come from. What it throws is no failure of the store. */
class Source {
  readonly failures: Set<unknown> = new Set()

  async *watched(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces
    } catch (failure) {
      this.failures.add(failure)
      throw failure
    }
  }
}

/** The bytes received, if they are as many as was said. */
async function* complete(key: FileKey, file: ReceivedFile): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0
  for await (const piece of file.read()) {
    sizeBytes += piece.length
    yield piece
  }
  if (sizeBytes !== file.sizeBytes) {
    throw new Error(`${key} has ${file.sizeBytes} bytes, and ${sizeBytes} came to be stored`)
  }
}

function requireKey(key: FileKey): void {
  if (parseFileKey(key) === null) throw new RangeError(`"${key}" is not the key of a file`)
}

function requireRange({ offset, length }: ByteRange): void {
  const isRange = [offset, length].every((count) => Number.isSafeInteger(count) && count >= 0)
  if (!isRange) throw new RangeError(`${length} bytes from ${offset} on are no part of a file`)
}

/** What of the range lies in a file of this size. */
function within({ offset, length }: ByteRange, sizeBytes: number): ByteRange {
  const from = Math.min(offset, sizeBytes)
  return { offset: from, length: Math.min(length, sizeBytes - from) }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
