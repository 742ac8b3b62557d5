import type { FileStore, Ids, ListedFile, ReceivedFile, Timer } from '@daftari/application'
import { DomainError } from '@daftari/domain'
import { risingIds, systemClock, systemTimer } from '@daftari/machine'
import { type FallbackReason, reasonOf } from './outage.ts'
import { WatchedStore } from './watched-store.ts'

const ANSWER_MS = 5_000

export interface FallbackFileStoreOptions {
  /** How long a store may take to answer, or to ask for more of a file: 5 seconds unless said otherwise. */
  readonly answerMs?: number
  /** Hears of each file that the second store took, and why the first did not. It must not throw. */
  readonly onFallback?: (reason: FallbackReason) => void
  readonly timer?: Timer
  /** For the mark of the second store. */
  readonly ids?: Ids
}

/**
 * Two stores as one: files go into the first, and into the second while the first does not take them. `put` says
 * which one has the file. Its id is that of the first.
 */
export function fallbackFileStore(
  firstFiles: FileStore,
  secondFiles: FileStore,
  options: FallbackFileStoreOptions = {},
): FileStore {
  const { answerMs = ANSWER_MS, onFallback, timer = systemTimer, ids = risingIds(systemClock) } = options
  const first = new WatchedStore(firstFiles, timer, answerMs)
  const second = new WatchedStore(secondFiles, timer, answerMs)
  const both = [first, second]
  /** What the second store received because of the first, which is then not waited for once more. */
  const passedOver = new WeakMap<ReceivedFile, FallbackReason>()

  /** The store that is named goes first. */
  async function inOrder(storeId: string | undefined): Promise<readonly WatchedStore[]> {
    return storeId !== undefined && (await second.is(storeId)) ? [second, first] : both
  }

  /**
   * Both are asked when the first one asked does not have it: a file may have been moved since its row was read. It is
   * missing only where both say so.
   */
  async function find<Found>(
    storeId: string | undefined,
    ask: (files: FileStore) => Promise<Found | null>,
  ): Promise<Found | null> {
    const refusals: unknown[] = []
    for (const store of await inOrder(storeId)) {
      try {
        const found = await store.askInTime(ask)
        if (found !== null) return found
      } catch (failure) {
        if (reasonOf(failure) === null) throw failure
        refusals.push(failure)
      }
    }
    if (refusals.length > 0) throw refusals[0]
    return null
  }

  async function putIntoSecond(
    put: () => Promise<string>,
    reason: FallbackReason,
    firstFailure: unknown,
  ): Promise<string> {
    try {
      const id = await put()
      onFallback?.(reason)
      return id
    } catch (failure) {
      const code = reasonOf(failure)
      if (code === null) throw failure
      const isFull = code === 'storage_full'
      const message = isFull
        ? 'There is no room left for files.'
        : 'No file store can be reached at the moment.'
      const cause = new AggregateError([firstFailure, failure], 'neither file store took the file')
      throw new DomainError(isFull ? 'storage_full' : 'unavailable', {}, { message, cause })
    }
  }

  return {
    storeId: () => firstFiles.storeId(),
    async mark(id) {
      const firstId = await firstFiles.mark(id)
      const secondId = (await secondFiles.storeId()) ?? (await secondFiles.mark(ids.next()))
      if (secondId === firstId) {
        const message = `Both file stores have the id ${firstId}: they are one, or one was copied from the other.`
        throw new DomainError('unavailable', {}, { message })
      }
      for (const store of both) store.breaker.close()
      return firstId
    },
    async receive(pieces, limitBytes) {
      const permit = first.breaker.enter()
      const [one, other] = permit === null ? [second, first] : [first, second]
      let isBegun = false
      const receivedBy = (store: WatchedStore): Promise<ReceivedFile | null> =>
        store.inTime((limit) => {
          async function* begun(): AsyncGenerator<Uint8Array> {
            // Whoever sends the pieces may take longer than a store.
            limit.lift()
            isBegun = true
            // A store that takes bytes in may still be unable to keep them: `put` finds that out.
            if (store === first && permit !== null) first.breaker.ended(permit)
            yield* pieces
          }
          return store.files.receive(begun(), limitBytes)
        })
      try {
        const file = await receivedBy(one)
        if (one === second && file !== null) passedOver.set(file, 'breaker_open')
        return file
      } catch (failure) {
        const reason = reasonOf(failure)
        // Pieces come once: nobody else can receive them after they were begun.
        if (isBegun) throw failure
        if (permit !== null) {
          if (reason === null || reason === 'storage_full') first.breaker.ended(permit)
          else first.breaker.failed(permit)
        }
        if (reason === null) throw failure
        const file = await receivedBy(other)
        if (other === second && file !== null) passedOver.set(file, reason)
        return file
      }
    },
    async put(key, file, contentType) {
      const putInto = async (store: WatchedStore): Promise<string> => {
        const id = await store.put(key, file, contentType)
        await file.discard()
        return id
      }
      const known = passedOver.get(file)
      if (known !== undefined) return putIntoSecond(() => putInto(second), known, null)
      try {
        return await putInto(first)
      } catch (failure) {
        const reason = reasonOf(failure)
        if (reason === null) throw failure
        return putIntoSecond(() => putInto(second), reason, failure)
      }
    },
    read: (key, range, storeId) => find(storeId, (files) => files.read(key, range, storeId)),
    stat: (key, storeId) => find(storeId, (files) => files.stat(key, storeId)),
    async delete(key, storeId) {
      const stores = storeId === undefined ? both : (await inOrder(storeId)).slice(0, 1)
      await each(stores, (store) => store.ask((files) => files.delete(key)))
    },
    async list(after, limit) {
      const lists = await each(both, (store) => store.ask((files) => files.list(after, limit)))
      return merged(lists).slice(0, limit)
    },
    async sweepUnfinished(before) {
      const counts = await each(both, (store) => store.ask((files) => files.sweepUnfinished(before)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    async close() {
      await each(both, ({ files }) => files.close())
    },
  }
}

/** Does the same with each store, also when it fails with one of them. @throws the first failure */
async function each<Result>(
  stores: readonly WatchedStore[],
  work: (store: WatchedStore) => Promise<Result>,
): Promise<readonly Result[]> {
  const outcomes = await Promise.allSettled(stores.map(work))
  return outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

/** By key, each once: a file that was stored by both, or is being moved, is one file. */
function merged(lists: readonly (readonly ListedFile[])[]): readonly ListedFile[] {
  const files = new Map(lists.toReversed().flatMap((list) => list.map((file) => [file.key, file] as const)))
  return [...files.values()].sort((one, other) => (one.key < other.key ? -1 : 1))
}
