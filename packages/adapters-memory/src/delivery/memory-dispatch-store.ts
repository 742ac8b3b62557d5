import {
  type Claimed,
  type Clock,
  DISPATCH_SHARDS,
  type DispatchStore,
  type HeldShard,
} from '@daftari/application'
import { compareText, type Instant, instant } from '@daftari/domain'
import type { MemoryBooks, MemoryStore } from '../memory-books.ts'
import { claimFrom } from './memory-claim.ts'
import { put, repair, statsOf, unpark } from './memory-deliveries.ts'
import { settleBreakers, settleOne } from './memory-settle.ts'
import type { StoredDelivery, StoredSubscription } from './stored-delivery.ts'

interface Shard {
  holder: string | null
  token: bigint
  until: number
}

export function memoryDispatchStore(store: MemoryStore, clock: Clock): DispatchStore {
  const shards: Shard[] = Array.from({ length: DISPATCH_SHARDS }, () => ({
    holder: null,
    token: 0n,
    until: 0,
  }))
  const seen = new Map<string, number>()
  let lastGiven = ''

  const ofHolder = (holder: string): Shard[] => shards.filter((shard) => shard.holder === holder)
  const holds = ({ shard, token }: HeldShard): boolean => shards[shard]?.token === token
  const all = (): MemoryBooks[] => [...store.all().values()]

  function free(shard: Shard): void {
    shard.holder = null
    shard.until = 0
    shard.token += 1n
  }

  function fairShare(now: Instant): number {
    for (const [holder, until] of seen) if (until <= now) seen.delete(holder)
    return Math.ceil(DISPATCH_SHARDS / seen.size)
  }

  return {
    async lease({ holder, leaseMs, giveUp, takesNewTokens }) {
      const now = clock.now()
      const until = now + leaseMs
      seen.set(holder, until)
      for (const index of giveUp) {
        const shard = shards[index]
        if (shard?.holder === holder) free(shard)
      }
      const share = fairShare(now)
      for (const shard of ofHolder(holder)) {
        shard.until = until
        if (takesNewTokens) shard.token += 1n
      }
      for (const shard of shards) {
        if (ofHolder(holder).length >= share) break
        if (shard.holder === holder || (shard.holder !== null && shard.until > now)) continue
        Object.assign(shard, { holder, until, token: shard.token + 1n })
      }
      const held = shards.flatMap(({ holder: by, token }, shard) => (by === holder ? [{ shard, token }] : []))
      return { shards: held, surplus: Math.max(0, held.length - share) }
    },
    async leave(holder) {
      seen.delete(holder)
      ofHolder(holder).forEach(free)
    },
    async claim(request) {
      const now = clock.now()
      const held = new Map(request.shards.filter(holds).map(({ shard, token }) => [shard, token]))
      const { wanted } = request
      return wanted.flatMap(({ subscriptionId, limit }): readonly Claimed[] => {
        const books = all().find(({ subscriptions }) => subscriptions.get(subscriptionId) !== null)
        return books === undefined ? [] : claimFrom(books, { ...request, subscriptionId, limit, held, now })
      })
    },
    async waiting(limit) {
      const now = clock.now()
      const due = all().flatMap((books) => {
        const ids = new Set(dueOf(books, now).map(({ subscriptionId }) => subscriptionId))
        return [...ids].filter((id) => isActive(books.subscriptions.get(id), now))
      })
      const sorted = due.sort(compareText)
      const next = sorted.findIndex((id) => id > lastGiven)
      const inTurn = next < 0 ? sorted : [...sorted.slice(next), ...sorted.slice(0, next)]
      const ids = inTurn.slice(0, limit)
      lastGiven = ids.length < limit ? '' : (ids.at(-1) ?? '')
      return ids
    },
    async settle(outcomes) {
      const now = clock.now()
      const counted = outcomes.filter((outcome) => {
        const { claimed } = outcome
        return holds(claimed) && settleOne(store(claimed.ownerId), outcome, now)
      })
      settleBreakers(store, counted, now)
      return counted.length
    },
    async unclaimable(subscriptionIds) {
      const now = clock.now()
      return all()
        .flatMap((books) => dueOf(books, now).map((due) => ({ books, due })))
        .filter(({ books, due }) => {
          const stored = books.subscriptions.get(due.subscriptionId)
          const isHere = subscriptionIds.includes(due.subscriptionId)
          return !isHere || stored?.subscription.isPaused || (stored?.openUntil ?? now) > now
        }).length
    },
    async retryFailed(isDead) {
      const now = clock.now()
      let count = 0
      for (const books of all()) {
        for (const stored of [...books.deliveries.values()]) {
          const isFailing = stored.status === 'pending' && stored.lastError !== null
          if (!isFailing && !(isDead && stored.status === 'dead')) continue
          count += 1
          const reset = stored.status === 'dead' ? { failures: 0, lost: 0, finishedAt: null } : {}
          put(books, { ...stored, ...reset, status: 'pending', nextAttemptAt: now })
          unpark(books, now)
        }
      }
      return count
    },
    async clean(olderThanMs, limit, isDryRun) {
      const before = clock.now() - olderThanMs
      const isOld = ({ status, finishedAt }: StoredDelivery): boolean =>
        (status === 'delivered' || status === 'cancelled') && finishedAt !== null && finishedAt < before
      const old = all().flatMap((books) =>
        [...books.deliveries.entries()]
          .filter(([, row]) => isOld(row))
          .map(([key, row]) => ({ books, key, row })),
      )
      if (isDryRun) return old.length
      for (const { books, key, row } of old.slice(0, limit)) {
        books.deliveries.delete(key)
        const stored = books.subscriptions.get(row.subscriptionId)
        if (stored === null) continue
        const cleanedBefore = instant(Math.max(before, stored.cleanedBefore ?? before))
        books.subscriptions.set(row.subscriptionId, { ...stored, cleanedBefore })
      }
      return Math.min(old.length, limit)
    },
    async repair(sinceMs) {
      const now = clock.now()
      return all().reduce((count, books) => count + repair(books, instant(now - sinceMs), now), 0)
    },
    async stats() {
      return statsOf(
        all().flatMap(({ deliveries }) => [...deliveries.values()]),
        instant(clock.now()),
      )
    },
  }
}

function isActive(stored: StoredSubscription | null, now: Instant): boolean {
  if (stored === null || stored.isRemoved || stored.subscription.isPaused) return false
  return stored.openUntil === null || stored.openUntil <= now
}

function dueOf({ deliveries }: MemoryBooks, now: Instant): StoredDelivery[] {
  return [...deliveries.values()].filter(
    ({ status, nextAttemptAt }) => status === 'pending' && nextAttemptAt <= now,
  )
}
