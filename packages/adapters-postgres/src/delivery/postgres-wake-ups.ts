import { randomUUID } from 'node:crypto'
import type { WakeUps } from '@daftari/application'
import type pg from 'pg'

const CHANNEL = 'daftari_delivery'
const BETWEEN_MS = 100
const COME_BACK_MS = 5000
/** Far longer than any notification takes. */
const UNHEARD_MS = 2000

/** What a pool of connections does, as far as it is needed here. */
interface Connections {
  query(text: string): Promise<unknown>
  connect(): Promise<pg.PoolClient>
}

export interface PostgresWakeUps extends WakeUps {
  /** Something was committed: this process hears at once, the others together with what comes in the next moment. */
  wake(): void
  close(): void
}

/**
 * A notification inside a transaction would make all commits of the cluster wait for one another. The first after a
 * pause goes out at once, those that follow together.
 */
export function postgresWakeUps(connections: Connections): PostgresWakeUps {
  const listeners = new Set<() => void>()
  const tell = (): void => listeners.forEach((listener) => void listener())
  let timer: NodeJS.Timeout | null = null
  let isToldAll = true
  let ear: pg.PoolClient | null = null
  let isClosed = false

  /** Behind a pooler nothing is heard: dispatchers look by themselves too. */
  async function listen(): Promise<void> {
    if (isClosed || listeners.size === 0 || ear !== null) return
    try {
      const client = await connections.connect()
      if (isClosed || listeners.size === 0 || ear !== null) return client.release()
      ear = client
      client.on('notification', tell)
      client.once('error', () => lose(client))
      client.once('end', () => lose(client))
      await client.query(`listen ${CHANNEL}`)
    } catch {
      setTimeout(listen, COME_BACK_MS).unref()
    }
  }

  function lose(client: pg.PoolClient): void {
    if (ear !== client) return
    ear = null
    client.release(true)
    setTimeout(listen, COME_BACK_MS).unref()
  }

  function notify(): void {
    timer = null
    if (isToldAll) return
    isToldAll = true
    connections.query(`notify ${CHANNEL}`).catch(() => {})
    timer = setTimeout(notify, BETWEEN_MS).unref()
  }

  function hush(): void {
    const client = ear
    ear = null
    client?.release(true)
  }

  /** On a channel of its own, so that nobody else is woken. */
  async function isHeard(): Promise<boolean> {
    const channel = `${CHANNEL}_${randomUUID().replaceAll('-', '')}`
    const client = await connections.connect()
    let patience: NodeJS.Timeout | undefined
    try {
      const heard = new Promise<boolean>((resolve) => {
        client.once('notification', () => resolve(true))
        patience = setTimeout(() => resolve(false), UNHEARD_MS)
      })
      await client.query(`listen ${channel}`)
      await connections.query(`notify ${channel}`)
      return await heard
    } finally {
      clearTimeout(patience)
      client.release(true)
    }
  }

  return {
    isHeard,
    wake() {
      tell()
      if (isClosed) return
      isToldAll = false
      if (timer === null) notify()
    },
    subscribe(listener) {
      listeners.add(listener)
      void listen()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) hush()
      }
    },
    close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      hush()
    },
  }
}
