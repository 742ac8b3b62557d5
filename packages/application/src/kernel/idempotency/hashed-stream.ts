import type { Hashing } from '../ports.ts'

/** The text is hashed in blocks of this size, so that the hash does not depend on how the text was cut into pieces. */
const BLOCK = 65_536

/** A text in pieces: an iterable that can be read once, or a function that returns a new iterable each time. */
export type TextStream = AsyncIterable<string> | (() => AsyncIterable<string>)

/** A text in pieces that is hashed while it is read. */
export interface HashedStream {
  readonly pieces: TextStream
  /** Reads the rest of the text. */
  finish(): Promise<void>
  /** The hash of the whole text. Throws unless the text was read to its end. */
  hash(): string
}

export function isStream(value: unknown): value is TextStream {
  if (typeof value === 'function') return true
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

export function hashedStream(source: TextStream, hashing: Hashing): HashedStream {
  if (typeof source !== 'function') return hashedOnce(source, hashing)
  let last: HashedOnce | null = null
  const begin = (): HashedOnce => {
    last = hashedOnce(source(), hashing)
    return last
  }
  return {
    pieces: () => begin().pieces,
    finish: () => (last ?? begin()).finish(),
    hash: () => (last ?? begin()).hash(),
  }
}

interface HashedOnce extends HashedStream {
  readonly pieces: AsyncIterable<string>
}

function hashedOnce(source: AsyncIterable<string>, hashing: Hashing): HashedOnce {
  const iterator = source[Symbol.asyncIterator]()
  let [hash, pending, isRead] = ['', '', false]

  async function next(): Promise<IteratorResult<string>> {
    if (isRead) return { done: true, value: undefined }
    const result = await iterator.next()
    if (result.done) isRead = true
    else pending += result.value
    while (pending.length >= BLOCK || (isRead && pending !== '')) {
      hash = hashing.sha256(hash + pending.slice(0, BLOCK))
      pending = pending.slice(BLOCK)
    }
    return result
  }

  return {
    // There is no `return`: when a reader stops early, the rest must still be read and hashed.
    pieces: { [Symbol.asyncIterator]: () => ({ next }) },
    async finish() {
      for (let result = await next(); !result.done; ) result = await next()
    },
    hash() {
      if (!isRead) throw new Error('The text was not read to its end')
      return hash
    },
  }
}
