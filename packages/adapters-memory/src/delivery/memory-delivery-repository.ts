import type { Clock, Delivery, DeliveryRepository } from '@daftari/application'
import type { Instant } from '@daftari/domain'
import type { MemorySession } from '../kernel/memory-session.ts'
import type { MemoryBooks } from '../memory-books.ts'
import { deliveryKey, put, toDelivery, unpark } from './memory-deliveries.ts'
import type { StoredDelivery } from './stored-delivery.ts'

type Change = (books: MemoryBooks, stored: StoredDelivery, now: Instant) => void

export function memoryDeliveryRepository(session: MemorySession, clock: Clock): DeliveryRepository {
  /** Returns the delivery after the change. The staged change is applied again when the transaction ends. */
  function changed(change: Change, subscriptionId: string, eventId: string): Delivery | null {
    const key = deliveryKey(subscriptionId, eventId)
    const now = clock.now()
    session.stage((books) => {
      const stored = books.deliveries.get(key)
      if (stored === null) return
      change(books, stored, now)
      unpark(books, now)
    })
    const books = session.flush()
    const stored = books.deliveries.get(key)
    return stored === null ? null : toDelivery(books, stored)
  }

  return {
    retry: async (...id) => changed(sendAgain, ...id),
    skip: async (...id) => changed(skip, ...id),
    async replay({ subscriptionName, from, to, eventTypes }) {
      const now = clock.now()
      const chosenOf = (books: MemoryBooks): StoredDelivery[] =>
        ofActiveSubscription(books, subscriptionName).filter(
          ({ status, event }) =>
            (status === 'delivered' || status === 'dead' || status === 'cancelled') &&
            event.at >= from &&
            event.at <= to &&
            (eventTypes.length === 0 || eventTypes.includes(event.type)),
        )
      const { length } = chosenOf(session.flush())
      session.stage((books) => {
        for (const stored of chosenOf(books)) {
          sendAgain(books, stored, now)
          unpark(books, now)
        }
      })
      session.flush()
      return length
    },
    async cancelAll(subscriptionId) {
      const now = clock.now()
      session.stage((books) => {
        for (const stored of books.deliveries.values()) {
          if (stored.subscriptionId === subscriptionId && stored.status !== 'delivered')
            cancel(books, stored, now)
        }
      })
      session.flush()
    },
  }
}

function ofActiveSubscription(books: MemoryBooks, name: string): StoredDelivery[] {
  const ids = [...books.subscriptions.values()]
    .filter(({ subscription, isRemoved }) => subscription.name === name && !isRemoved)
    .map(({ subscription }) => subscription.id)
  return [...books.deliveries.values()].filter(({ subscriptionId }) =>
    ids.some((id) => id === subscriptionId),
  )
}

function sendAgain(books: MemoryBooks, stored: StoredDelivery, now: Instant): void {
  const reset = { failures: 0, lost: 0, lastError: null, finishedAt: null }
  put(books, { ...stored, ...reset, status: 'pending', nextAttemptAt: now })
}

function skip(books: MemoryBooks, stored: StoredDelivery, now: Instant): void {
  if (stored.status !== 'delivered') cancel(books, stored, now)
}

function cancel(books: MemoryBooks, stored: StoredDelivery, now: Instant): void {
  if (stored.status === 'cancelled') return
  put(books, { ...stored, status: 'cancelled', claimToken: null, finishedAt: now })
}
