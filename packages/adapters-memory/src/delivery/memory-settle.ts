import { BREAKER_OPENS_AFTER, backOffMs, type Outcome } from '@daftari/application'
import { type Instant, instant } from '@daftari/domain'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'
import { deliveryKey, laterOf, put } from './memory-deliveries.ts'
import type { StoredDelivery } from './stored-delivery.ts'

/** Stores an outcome, unless its claim does not count any more. Returns whether it counted. */
export function settleOne(books: MemoryBooks, outcome: Outcome, now: Instant): boolean {
  const { subscriptionId, event, token } = outcome.claimed
  const stored = books.deliveries.get(deliveryKey(subscriptionId, event.id))
  if (stored === null || stored.claimToken !== token) return false
  put(books, settled(stored, outcome, now))
  if (outcome.result === 'dead') {
    for (const row of laterOf(books, stored, 'pending')) put(books, { ...row, status: 'parked' })
  }
  return true
}

function settled(stored: StoredDelivery, outcome: Outcome, now: Instant): StoredDelivery {
  if (outcome.result === 'released') {
    return { ...stored, claimToken: null, attempts: stored.attempts - 1 }
  }
  const { at, durationMs, claimed } = outcome
  const error = outcome.result === 'delivered' ? null : outcome.error
  // A success has the number of the delivery's latest attempt: after a skip and a retry meanwhile, that of the later one.
  const number = error === null ? stored.attempts : claimed.attempts
  const history = [...stored.history, { number, at, durationMs, error }]
  const attempted = { ...stored, claimToken: null, lost: 0, history, lastError: error }
  if (outcome.result === 'delivered') return { ...attempted, status: 'delivered', finishedAt: now }
  const failures = stored.failures + (claimed.isProbe ? 0 : 1)
  if (outcome.result === 'dead') return { ...attempted, failures, status: 'dead', finishedAt: now }
  return { ...attempted, failures, nextAttemptAt: instant(now + outcome.retryInMs) }
}

/** Updates the breakers after a batch: any success closes that of a subscription, otherwise its failures are added. */
export function settleBreakers(store: MemoryStore, outcomes: readonly Outcome[], now: Instant): void {
  const attempted = outcomes.filter(({ result }) => result !== 'released')
  for (const id of new Set(attempted.map(({ claimed }) => claimed.subscriptionId))) {
    const own = attempted.filter(({ claimed }) => claimed.subscriptionId === id)
    const books = store(own[0]?.claimed.ownerId ?? '')
    const stored = books.subscriptions.get(id)
    if (stored === null) continue
    if (own.some(({ result }) => result === 'delivered')) {
      books.subscriptions.set(id, { ...stored, consecutiveFailures: 0, openUntil: null })
      if (stored.consecutiveFailures >= BREAKER_OPENS_AFTER) makeDue(books, id, now)
      continue
    }
    const consecutiveFailures = stored.consecutiveFailures + own.length
    const pauseMs = backOffMs(consecutiveFailures)
    const openUntil = pauseMs === 0 ? null : instant(now + pauseMs)
    books.subscriptions.set(id, { ...stored, consecutiveFailures, openUntil })
  }
}

function makeDue(books: MemoryBooks, subscriptionId: string, now: Instant): void {
  for (const row of [...books.deliveries.values()]) {
    if (row.subscriptionId !== subscriptionId || row.status !== 'pending' || row.nextAttemptAt <= now)
      continue
    put(books, { ...row, nextAttemptAt: now })
  }
}
