import type { Socket } from 'node:net'
import { Client } from 'undici'
import { webhookFailure } from './webhook-failure.ts'

/** One connection to one origin. It serves one send at a time and never connects again. */
export interface Connection {
  readonly client: Client
  /** Whether it has served before: the server may have closed it meanwhile. */
  readonly isReused: boolean
  /** Keeps it for the next send to the same origin, unless it is closed. */
  release(): void
  /** Closes it at once. */
  discard(): void
}

export interface ConnectionLimits {
  readonly maxSockets: number
  readonly maxSocketsPerEndpoint: number
  /** How long a connection may lie idle. */
  readonly idleMs: number
}

export interface Connections {
  /** Runs the work while it holds one of the places; waits for one in the order of the calls. */
  withPlace<Result>(origin: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result>
  /** An idle connection to the origin, or `null`. */
  takeIdle(origin: string): Connection | null
  /** Makes a connection of a socket that was just opened. */
  adopt(origin: string, socket: Socket): Connection
  /** Closes everything that is idle, and what is released from then on. */
  close(): void
}

interface Waiter {
  readonly origin: string
  readonly enter: () => void
}

interface Kept {
  readonly origin: string
  readonly client: Client
  readonly socket: Socket
}

const MAX_HEADER_BYTES = 16_384

export function createConnections(limits: ConnectionLimits): Connections {
  /** Oldest first. */
  const idle = new Set<Kept>()
  const waiting = new Set<Waiter>()
  const busyByOrigin = new Map<string, number>()
  let busy = 0
  let isClosed = false

  const hasPlace = (origin: string): boolean =>
    busy < limits.maxSockets && (busyByOrigin.get(origin) ?? 0) < limits.maxSocketsPerEndpoint

  function occupy(origin: string): void {
    busy += 1
    busyByOrigin.set(origin, (busyByOrigin.get(origin) ?? 0) + 1)
  }

  function vacate(origin: string): void {
    busy -= 1
    const left = (busyByOrigin.get(origin) ?? 0) - 1
    if (left > 0) busyByOrigin.set(origin, left)
    else busyByOrigin.delete(origin)
    for (const waiter of waiting) if (hasPlace(waiter.origin)) waiter.enter()
  }

  function place(origin: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        waiting.delete(waiter)
        reject(signal.reason)
      }
      const waiter: Waiter = {
        origin,
        enter: () => {
          waiting.delete(waiter)
          signal.removeEventListener('abort', onAbort)
          occupy(origin)
          resolve()
        },
      }
      if (signal.aborted) onAbort()
      else if (hasPlace(origin)) waiter.enter()
      else {
        waiting.add(waiter)
        signal.addEventListener('abort', onAbort, { once: true })
      }
    })
  }

  function end(kept: Kept): void {
    idle.delete(kept)
    kept.socket.destroy()
    void kept.client.destroy().catch(() => undefined)
  }

  function connectionOf(kept: Kept, isReused: boolean): Connection {
    return {
      client: kept.client,
      isReused,
      release: () => {
        if (isClosed || kept.socket.destroyed || kept.client.destroyed) end(kept)
        else idle.add(kept)
      },
      discard: () => end(kept),
    }
  }

  return {
    async withPlace(origin, signal, work) {
      await place(origin, signal)
      try {
        return await work()
      } finally {
        vacate(origin)
      }
    },
    takeIdle(origin) {
      const kept = [...idle].findLast((one) => one.origin === origin && !one.socket.destroyed)
      if (kept === undefined) return null
      idle.delete(kept)
      return connectionOf(kept, true)
    },
    adopt(origin, socket) {
      const kept: Kept = { origin, socket, client: clientOf(origin, socket, limits.idleMs) }
      kept.client.on('disconnect', () => end(kept))
      const [oldest] = idle
      if (oldest !== undefined && idle.size + busy > limits.maxSockets) end(oldest)
      return connectionOf(kept, false)
    },
    close() {
      isClosed = true
      for (const kept of idle) end(kept)
    },
  }
}

/** A client that is given its one socket and cannot get another. */
function clientOf(origin: string, socket: Socket, idleMs: number): Client {
  let isGiven = false
  return new Client(origin, {
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    // The sender has a deadline of its own for all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: idleMs,
    connect: (_options, callback) => {
      const isUsable = !isGiven && !socket.destroyed
      isGiven = true
      queueMicrotask(() => (isUsable ? callback(null, socket) : callback(webhookFailure('network'), null)))
    },
  })
}
