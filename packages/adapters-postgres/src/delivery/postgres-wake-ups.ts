import { randomUUID } from 'node:crypto'
import type { WakeUps } from '@daftari/application'
import type pg from 'pg'

const CHANNEL = 'daftari_delivery'
const NOTIFY_EVERY_MS = 100
const RECONNECT_MS = 5000
/** Much longer than a notification ever takes. */
const PROBE_TIMEOUT_MS = 2000

/** The methods of a connection pool that are needed here. */
interface Connections {
  query(text: string): Promise<unknown>
  connect(): Promise<pg.PoolClient>
}

export interface PostgresWakeUps extends WakeUps {
  /** To be called after a commit. Calls the listeners of this process at once and notifies other processes soon. */
  wake(): void
  close(): void
}

/**
 * Notifies other processes after the commit and not inside the transaction, because a notification inside a transaction
 * makes all commits of the server wait for one another. The first notification after a pause is sent at once; the
 * following ones are joined into one per 100 ms.
 */
export function postgresWakeUps(connections: Connections): PostgresWakeUps {
  const listeners = new Set<() => void>()
  const callListeners = (): void => listeners.forEach((listener) => void listener())
  let timer: NodeJS.Timeout | null = null
  let isNotificationDue = false
  let listeningClient: pg.PoolClient | null = null
  let isClosed = false

  /** Behind a pooler in transaction mode no notification arrives. Therefore dispatchers also poll. */
  async function listen(): Promise<void> {
    if (isClosed || listeners.size === 0 || listeningClient !== null) return
    try {
      const client = await connections.connect()
      if (isClosed || listeners.size === 0 || listeningClient !== null) return client.release()
      listeningClient = client
      client.on('notification', callListeners)
      client.once('error', () => reconnectAfter(client))
      client.once('end', () => reconnectAfter(client))
      await client.query(`listen ${CHANNEL}`)
    } catch {
      setTimeout(listen, RECONNECT_MS).unref()
    }
  }

  function reconnectAfter(client: pg.PoolClient): void {
    if (listeningClient !== client) return
    listeningClient = null
    client.release(true)
    setTimeout(listen, RECONNECT_MS).unref()
  }

  function notify(): void {
    timer = null
    if (!isNotificationDue) return
    isNotificationDue = false
    connections.query(`notify ${CHANNEL}`).catch(() => {})
    timer = setTimeout(notify, NOTIFY_EVERY_MS).unref()
  }

  function stopListening(): void {
    const client = listeningClient
    listeningClient = null
    client?.release(true)
  }

  /** Uses a channel of its own, so that no other process is woken. */
  async function isHeard(): Promise<boolean> {
    const channel = `${CHANNEL}_${randomUUID().replaceAll('-', '')}`
    const client = await connections.connect()
    let timeout: NodeJS.Timeout | undefined
    try {
      const heard = new Promise<boolean>((resolve) => {
        client.once('notification', () => resolve(true))
        timeout = setTimeout(() => resolve(false), PROBE_TIMEOUT_MS)
      })
      await client.query(`listen ${channel}`)
      await connections.query(`notify ${channel}`)
      return await heard
    } finally {
      clearTimeout(timeout)
      client.release(true)
    }
  }

  return {
    isHeard,
    wake() {
      callListeners()
      if (isClosed) return
      isNotificationDue = true
      if (timer === null) notify()
    },
    subscribe(listener) {
      listeners.add(listener)
      void listen()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stopListening()
      }
    },
    close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      stopListening()
    },
  }
}
