import type { SubscriptionRepository } from '@daftari/application'
import { DomainError, type Subscription } from '@daftari/domain'
import { frozenCopy } from '../kernel/frozen-copy.ts'
import type { MemorySession } from '../kernel/memory-session.ts'
import type { HeldLock } from '../kernel/owner-locks.ts'
import type { MemoryBooks } from '../memory-books.ts'

const CLOSED_BREAKER = { consecutiveFailures: 0, openUntil: null, cleanedBefore: null }

export function memorySubscriptionRepository(session: MemorySession, lock: HeldLock): SubscriptionRepository {
  return {
    async lockByName(name) {
      session.flush()
      await lock.take()
      for (const { subscription } of session.flush().subscriptions.values()) {
        if (subscription.name === name) return subscription
      }
      return null
    },
    insert(given) {
      const subscription = frozenCopy(given)
      session.stage((books) => put(books, subscription))
    },
    update(given, expectedVersion) {
      const subscription = frozenCopy(given)
      session.stage((books) => {
        const known = books.subscriptions.get(subscription.id)
        if (known?.subscription.version !== expectedVersion) {
          throw new DomainError('concurrent_change', { kind: 'subscription', id: subscription.id })
        }
        put(books, subscription)
      })
    },
  }
}

/** Keeps the breaker and the cleaning time of a subscription, which only the dispatcher changes. */
function put({ subscriptions }: MemoryBooks, subscription: Subscription): void {
  const known = subscriptions.get(subscription.id) ?? CLOSED_BREAKER
  const { isRemoved, hearsSince } = subscription
  subscriptions.set(subscription.id, { ...known, subscription, isRemoved, hearsSince })
}
