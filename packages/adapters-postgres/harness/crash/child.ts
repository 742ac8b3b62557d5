import { setTimeout as pause } from 'node:timers/promises'
import {
  type Claimed,
  createBooks,
  createDispatcher,
  type DispatchStore,
  type Ports,
} from '@daftari/application'
import { isDomainError } from '@daftari/domain'
import { createPostgresAdapters } from '../../src/index.ts'
import { flawed } from './flaws.ts'
import type { FromChild, FromParent, Orders } from './messages.ts'

/** Writes and dispatches until it is killed. */

const WRITERS = 3
const PAUSE_MS = 25
const TIMEOUT_MS = 300
const TROUBLE: ReadonlySet<string> = new Set([
  'unavailable',
  'outcome_unknown',
  'overloaded',
  'concurrent_change',
])

const { url, ownerId, expenseIds, bug }: Orders = JSON.parse(process.env.CRASH_ORDERS ?? '')
const scope = { ownerId, actorId: 'a crash' }
const adapters = createPostgresAdapters({ connectionString: url, maxConnections: 4 })
const claims = new Map<string, Claimed>()
const waiting = new Map<number, (isAccepted: boolean) => void>()
let count = 0
let isWriting = true

const tell = (message: FromChild): void => void process.send?.(message)

/** What is sent tells under which token it was claimed. */
function remembered(store: DispatchStore): DispatchStore {
  return {
    ...store,
    async claim(request) {
      const claimed = await store.claim(request)
      for (const one of claimed) claims.set(one.event.id, one)
      return claimed
    },
  }
}

async function send(eventId: string): Promise<void> {
  const claimed = claims.get(eventId)
  if (claimed === undefined) throw new Error('what is sent was claimed')
  const { event, shard, token } = claimed
  const number = count
  count += 1
  const answer = new Promise<boolean>((resolve) => waiting.set(number, resolve))
  tell({
    kind: 'sent',
    number,
    eventId,
    aggregateId: event.aggregateId,
    version: event.aggregateVersion,
    shard,
    token: `${token}`,
    begunAt: Date.now(),
  })
  if (!(await answer)) throw new Error('refused')
}

async function write(ports: Ports, writer: number): Promise<void> {
  const books = createBooks(ports)
  for (let step = 0; ; step += 1) {
    await pause(PAUSE_MS)
    if (!isWriting) continue
    const expenseId = expenseIds[Math.floor(Math.random() * expenseIds.length)] ?? ''
    try {
      const { version } = await books.expenses.get(scope, { expenseId })
      // Never what is there already, for that would be no change.
      const description = `${process.pid} ${writer} ${step}`
      const changed = await books.expenses.update(scope, { expenseId, version }, { description })
      tell({ kind: 'acknowledged', id: expenseId, version: changed.version })
    } catch (error) {
      if (!isDomainError(error) || !TROUBLE.has(error.code)) tell({ kind: 'fault', text: String(error) })
    }
  }
}

async function begin(): Promise<void> {
  const ports = flawed({ ...adapters, dispatch: remembered(adapters.dispatch) }, bug, url)
  const books = createBooks(ports)
  for (;;) {
    try {
      await books.delivery.register(scope, { name: 'parent' }, (_, { eventId }) => send(eventId))
      break
    } catch (error) {
      if (!isDomainError(error) || !TROUBLE.has(error.code)) throw error
      await pause(PAUSE_MS)
    }
  }
  const dispatcher = createDispatcher(ports, {
    pollMs: 100,
    timeoutMs: TIMEOUT_MS,
    leaseMs: 2 * TIMEOUT_MS,
    batchSize: 40,
    concurrency: 8,
    concurrencyPerSubscription: 8,
    retryScheduleMs: Array.from({ length: 60 }, (_, index) => Math.min(30 * 2 ** index, 500)),
  })
  void dispatcher.run().catch((error) => tell({ kind: 'fault', text: `the dispatcher ended: ${error}` }))
  for (let writer = 0; writer < WRITERS; writer += 1) void write(ports, writer)
}

process.on('message', (message: FromParent) => {
  if (message.kind === 'begin') return void begin()
  if (message.kind === 'write') {
    isWriting = message.isWanted
    return
  }
  waiting.get(message.number)?.(message.isAccepted)
  waiting.delete(message.number)
})
process.on('disconnect', () => process.exit())
process.on('unhandledRejection', (reason) => tell({ kind: 'fault', text: `nobody handled: ${reason}` }))
tell({ kind: 'ready' })
