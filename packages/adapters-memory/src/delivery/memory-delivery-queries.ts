import type { Clock, Delivery, DeliveryQueries } from '@daftari/application'
import { compareText } from '@daftari/domain'
import { pageOfRows } from '../kernel/keyset.ts'
import type { MemoryStore } from '../memory-books.ts'
import { deliveryKey, statsOf, toDelivery } from './memory-deliveries.ts'

const byEvent = {
  positionOf: ({ eventId, subscriptionId }: Delivery) => ({ key: eventId, id: subscriptionId }),
  compareKeys: compareText,
  readKey: (key: string) => key,
  isDescending: true,
}

export function memoryDeliveryQueries(store: MemoryStore, clock: Clock): DeliveryQueries {
  return {
    async subscriptions(ownerId) {
      return [...store(ownerId).subscriptions.values()]
        .filter(({ isRemoved }) => !isRemoved)
        .map(({ subscription }) => subscription)
        .sort((a, b) => compareText(a.name, b.name))
    },
    async list(ownerId, { subscriptionName, status, eventType }, page) {
      const books = store(ownerId)
      const rows = [...books.deliveries.values()]
        .map((stored) => toDelivery(books, stored))
        .filter((row) => subscriptionName === null || row.subscriptionName === subscriptionName)
        .filter((row) => status === null || row.status === status)
        .filter((row) => eventType === null || row.eventType === eventType)
      return pageOfRows(rows, byEvent, page)
    },
    async find(ownerId, subscriptionId, eventId) {
      const stored = store(ownerId).deliveries.get(deliveryKey(subscriptionId, eventId))
      return stored === null ? null : toDelivery(store(ownerId), stored)
    },
    async attempts(ownerId, subscriptionId, eventId) {
      return store(ownerId).deliveries.get(deliveryKey(subscriptionId, eventId))?.history ?? []
    },
    async stats(ownerId) {
      return statsOf(store(ownerId).deliveries.values(), clock.now())
    },
  }
}
