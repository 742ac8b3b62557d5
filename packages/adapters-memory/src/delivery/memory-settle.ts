import { BREAKER_OPENS_AFTER, backOffMs, type Outcome } from '@daftari/application'
import { type Instant, instant } from '@daftari/domain'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'
import { behind, deliveryKey, put } from './memory-deliveries.ts'
import type { StoredDelivery } from './stored-delivery.ts'

/** Whether the claim still counted. */
export function settleOne(books: MemoryBooks, outcome: Outcome, now: Instant): boolean {
  const { subscriptionId, event, token } = outcome.claimed
  const stored = books.deliveries.get(deliveryKey(subscriptionId, event.id))
  if (stored === null || stored.claimToken !== token) return false
  put(books, settled(stored, outcome, now))
  if (outcome.result === 'dead') {
    for (const row of behind(books, stored, 'pending')) put(books, { ...row, status: 'parked' })
  }
  return true
}

function settled(stored: StoredDelivery, outcome: Outcome, now: Instant): StoredDelivery {
  if (outcome.result === 'released') {
    return { ...stored, claimToken: null, attempts: stored.attempts - 1 }
  }
  const { at, durationMs, claimed } = outcome
  const error = outcome.result === 'delivered' ? null : outcome.error
  // What arrived bears the number that the delivery has by now: after a skip and a retry meanwhile, the later one.
  const number = error === null ? stored.attempts : claimed.attempts
  const history = [...stored.history, { number, at, durationMs, error }]
  const told = { ...stored, claimToken: null, lost: 0, history, lastError: error }
  if (outcome.result === 'delivered') return { ...told, status: 'delivered', finishedAt: now }
  const failures = stored.failures + (claimed.isProbe ? 0 : 1)
  if (outcome.result === 'dead') return { ...told, failures, status: 'dead', finishedAt: now }
  return { ...told, failures, nextAttemptAt: instant(now + outcome.retryInMs) }
}

/** Successes and failures of one batch: any success closes, otherwise the failures add up. */
export function settleBreakers(store: MemoryStore, outcomes: readonly Outcome[], now: Instant): void {
  const told = outcomes.filter(({ result }) => result !== 'released')
  for (const id of new Set(told.map(({ claimed }) => claimed.subscriptionId))) {
    const own = told.filter(({ claimed }) => claimed.subscriptionId === id)
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
