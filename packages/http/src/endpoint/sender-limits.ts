import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { WireRefusal } from '../problem/wire-refusal.ts'

/** How long the sender of a body may take. One that takes longer is refused with 408. */
export interface SenderLimits {
  /** For a whole body of JSON. */
  readonly jsonMs: number
  /** For CSV and files: the time after which the average counts. */
  readonly graceMs: number
  /** For CSV and files: the least average. */
  readonly bytesPerSecond: number
}

/** 10 MiB over a line of 1 Mbit/s take 84 s, eight times as fast as the least average. */
export const SENDER_LIMITS: SenderLimits = { jsonMs: 30_000, graceMs: 10_000, bytesPerSecond: 16 * 1024 }

/** Counts what one sender has sent, and how long it was waited for. What we take to store the bytes is not counted. */
export class SenderPace {
  readonly #allowedMs: (bytes: number) => number
  #waitedMs = 0
  #bytes = 0

  private constructor(allowedMs: (bytes: number) => number) {
    this.#allowedMs = allowedMs
  }

  static ofJson({ jsonMs }: SenderLimits): SenderPace {
    return new SenderPace(() => jsonMs)
  }

  static ofBytes({ graceMs, bytesPerSecond }: SenderLimits): SenderPace {
    return new SenderPace((bytes) => Math.max(graceMs, (bytes / bytesPerSecond) * 1_000))
  }

  /** What the sender is about to send. @throws request_timeout */
  async waitFor<Sent>(sent: Promise<Sent>): Promise<Sent> {
    const since = performance.now()
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      const refuse = (): void =>
        reject(new WireRefusal('request_timeout', 'The body took too long to arrive.'))
      timer = setTimeout(refuse, this.#allowedMs(this.#bytes) - this.#waitedMs)
    })
    try {
      return await Promise.race([sent, tooLate])
    } finally {
      clearTimeout(timer)
      this.#waitedMs += performance.now() - since
    }
  }

  /** The same pieces. @throws request_timeout */
  async *watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const source = pieces[Symbol.asyncIterator]()
    for (;;) {
      // When this throws, the source has failed or is still waiting: then nobody could wait for its end.
      const { done, value } = await this.waitFor(source.next())
      if (done) return
      this.#bytes += value.length
      let isTaken = false
      try {
        yield value
        isTaken = true
      } finally {
        if (!isTaken) await source.return?.()
      }
    }
  }
}

/**
 * A request may be answered before its body has arrived. Its sender has so long to send the rest and to read the
 * answer; then the connection is closed.
 */
export function closeSlowConnections(instance: FastifyInstance, { jsonMs }: SenderLimits): void {
  instance.addHook('onResponse', async ({ raw }) => {
    const { socket } = raw
    if (raw.complete || raw.destroyed || !(socket instanceof Socket) || socket.destroyed) return
    const timer = setTimeout(() => socket.destroy(), jsonMs)
    // Node no longer ends a request that was answered when its connection closes.
    function end(): void {
      clearTimeout(timer)
      raw.off('close', end)
      socket.off('close', end)
    }
    raw.once('close', end)
    socket.once('close', end)
  })
}
