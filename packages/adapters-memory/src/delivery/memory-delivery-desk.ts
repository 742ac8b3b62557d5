import type { Clock, Delivery, DeliveryDesk } from '@daftari/application'
import { compareText, type Instant } from '@daftari/domain'
import { pageOfRows } from '../kernel/keyset.ts'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'
import { deliveryKey, put, shownDelivery, statsOf, unpark } from './memory-deliveries.ts'
import type { StoredDelivery, StoredSubscription } from './stored-delivery.ts'

const byEvent = {
  positionOf: ({ eventId, subscriptionId }: Delivery) => ({ key: eventId, id: subscriptionId }),
  compareKeys: compareText,
  readKey: (key: string) => key,
  isDescending: true,
}

export function memoryDeliveryDesk(store: MemoryStore, clock: Clock, wake: () => void): DeliveryDesk {
  return {
    async subscribe(subscription) {
      const books = store(subscription.ownerId)
      const known = named(books, subscription.name, true)
      const { eventTypes } = subscription
      const kept = known === null ? subscription : revived(known, subscription)
      const isSame = known?.isRemoved === false && `${known.subscription.eventTypes}` === `${eventTypes}`
      const plain = { consecutiveFailures: 0, openUntil: null, cleanedBefore: null }
      const hearsSince = isSame ? known.hearsSince : subscription.createdAt
      const stored = { ...kept, eventTypes }
      books.subscriptions.set(kept.id, {
        ...plain,
        ...known,
        isRemoved: false,
        hearsSince,
        subscription: stored,
      })
      wake()
      return Object.freeze({ ...kept, eventTypes })
    },
    async subscriptions(ownerId) {
      return [...store(ownerId).subscriptions.values()]
        .filter(({ isRemoved }) => !isRemoved)
        .map(({ subscription }) => subscription)
        .sort((a, b) => compareText(a.name, b.name))
    },
    async setPaused(ownerId, name, isPaused) {
      const { subscriptions } = store(ownerId)
      const known = named(store(ownerId), name)
      if (known === null) return null
      const subscription = Object.freeze({ ...known.subscription, isPaused })
      subscriptions.set(subscription.id, { ...known, subscription })
      wake()
      return subscription
    },
    async unsubscribe(ownerId, name) {
      const books = store(ownerId)
      const known = named(books, name)
      if (known === null) return null
      const { id } = known.subscription
      books.subscriptions.set(id, { ...known, isRemoved: true })
      for (const delivery of ofSubscription(books, id)) {
        if (delivery.status !== 'delivered') cancel(books, delivery, clock.now())
      }
      return id
    },
    async list(ownerId, { subscriptionName, status, eventType }, page) {
      const books = store(ownerId)
      const rows = [...books.deliveries.values()]
        .map((stored) => shownDelivery(books, stored))
        .filter((row) => subscriptionName === null || row.subscriptionName === subscriptionName)
        .filter((row) => status === null || row.status === status)
        .filter((row) => eventType === null || row.eventType === eventType)
      return pageOfRows(rows, byEvent, page)
    },
    async find(ownerId, subscriptionId, eventId) {
      const stored = store(ownerId).deliveries.get(deliveryKey(subscriptionId, eventId))
      return stored === null ? null : shownDelivery(store(ownerId), stored)
    },
    async attempts(ownerId, subscriptionId, eventId) {
      return store(ownerId).deliveries.get(deliveryKey(subscriptionId, eventId))?.history ?? []
    },
    async retry(ownerId, subscriptionId, eventId) {
      const books = store(ownerId)
      const stored = books.deliveries.get(deliveryKey(subscriptionId, eventId))
      if (stored === null) return null
      const made = again(books, stored, clock.now())
      unpark(books, clock.now())
      wake()
      return shownDelivery(books, made)
    },
    async skip(ownerId, subscriptionId, eventId) {
      const books = store(ownerId)
      const stored = books.deliveries.get(deliveryKey(subscriptionId, eventId))
      if (stored === null) return null
      if (stored.status === 'delivered' || stored.status === 'cancelled') return shownDelivery(books, stored)
      const skipped = cancel(books, stored, clock.now())
      unpark(books, clock.now())
      wake()
      return shownDelivery(books, skipped)
    },
    async replay(ownerId, { subscriptionName, from, to, eventTypes }) {
      const books = store(ownerId)
      const id = named(books, subscriptionName)?.subscription.id ?? ''
      const chosen = ofSubscription(books, id).filter(
        ({ status, event }) =>
          (status === 'delivered' || status === 'dead' || status === 'cancelled') &&
          event.at >= from &&
          event.at <= to &&
          (eventTypes.length === 0 || eventTypes.includes(event.type)),
      )
      for (const stored of chosen) {
        again(books, stored, clock.now())
        unpark(books, clock.now())
      }
      wake()
      return chosen.length
    },
    async stats(ownerId) {
      return statsOf(store(ownerId).deliveries.values(), clock.now())
    },
  }
}

function named(books: MemoryBooks, name: string, isRemovedToo = false): StoredSubscription | null {
  for (const stored of books.subscriptions.values()) {
    if (stored.subscription.name === name && (isRemovedToo || !stored.isRemoved)) return stored
  }
  return null
}

function revived({ subscription, isRemoved }: StoredSubscription, given: StoredSubscription['subscription']) {
  return isRemoved ? { ...subscription, isPaused: false, createdAt: given.createdAt } : subscription
}

function ofSubscription(books: MemoryBooks, id: string): StoredDelivery[] {
  return [...books.deliveries.values()].filter(({ subscriptionId }) => subscriptionId === id)
}

function again(books: MemoryBooks, stored: StoredDelivery, now: Instant): StoredDelivery {
  const fresh = { failures: 0, lost: 0, lastError: null, finishedAt: null }
  return put(books, { ...stored, ...fresh, status: 'pending', nextAttemptAt: now })
}

function cancel(books: MemoryBooks, stored: StoredDelivery, now: Instant): StoredDelivery {
  return put(books, { ...stored, status: 'cancelled', claimToken: null, finishedAt: now })
}
