import type { FileStore, ReceivedFile, Timer } from '@daftari/application'
import type { FileKey } from '@daftari/domain'
import { AnswerLimit } from './answer-limit.ts'
import { breakerOpen, reasonOf } from './outage.ts'
import { StoreBreaker } from './store-breaker.ts'

/** One of the stores, with its breaker and the time that it has to answer. */
export class WatchedStore {
  readonly files: FileStore
  readonly breaker: StoreBreaker
  readonly #timer: Timer
  readonly #answerMs: number
  /** As it was seen last; `null` before. */
  #id: string | null = null

  constructor(files: FileStore, timer: Timer, answerMs: number) {
    this.files = files
    this.breaker = new StoreBreaker(timer)
    this.#timer = timer
    this.#answerMs = answerMs
  }

  /** Whether the store has this id. One that cannot be asked, and never told its id, has not. */
  async is(storeId: string): Promise<boolean> {
    this.#id ??= await this.inTime(() => this.files.storeId()).catch(unlessOut)
    return this.#id === storeId
  }

  /** Asks unless the breaker is open, and tells it what came of it. @throws unavailable */
  async ask<Answer>(ask: (files: FileStore) => Promise<Answer>): Promise<Answer> {
    const permit = this.breaker.enter()
    if (permit === null) throw breakerOpen()
    try {
      const answer = await ask(this.files)
      this.breaker.answered(permit)
      return answer
    } catch (failure) {
      const reason = reasonOf(failure)
      if (reason === null) this.breaker.ended(permit)
      // A store that is full can still be read.
      else if (reason === 'storage_full') this.breaker.answered(permit)
      else this.breaker.failed(permit)
      throw failure
    }
  }

  /** The same, with a limit on the time. */
  askInTime<Answer>(ask: (files: FileStore) => Promise<Answer>): Promise<Answer> {
    return this.ask((files) => this.inTime(() => ask(files)))
  }

  inTime<Answer>(ask: (limit: AnswerLimit) => Promise<Answer>): Promise<Answer> {
    return AnswerLimit.over(this.#timer, this.#answerMs, ask)
  }

  /** Stores the file, which stays the caller's: a store that was given up must not take it from the next one. */
  async put(key: FileKey, file: ReceivedFile, contentType: string): Promise<string> {
    const id = await this.ask((files) =>
      this.inTime((limit) => files.put(key, lent(file, limit), contentType)),
    )
    this.#id = id
    return id
  }
}

function lent(file: ReceivedFile, limit: AnswerLimit): ReceivedFile {
  const { sizeBytes, sha256, head } = file
  async function* pieces(): AsyncGenerator<Uint8Array> {
    limit.hear()
    for await (const piece of file.read()) {
      limit.hear()
      yield piece
    }
    limit.hear()
  }
  return { sizeBytes, sha256, head, read: pieces, discard: async () => undefined }
}

function unlessOut(failure: unknown): null {
  if (reasonOf(failure) === null) throw failure
  return null
}
