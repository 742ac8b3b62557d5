import type { Claimed } from '@daftari/application'
import { type Instant, instant } from '@daftari/domain'
import type { MemoryBooks } from '../memory-books.ts'
import { put, shardOf, UNFINISHED } from './memory-deliveries.ts'
import type { StoredDelivery } from './stored-delivery.ts'

interface Claim {
  readonly subscriptionId: string
  readonly limit: number
  readonly held: ReadonlyMap<number, bigint>
  readonly runLength: number
  readonly probeMs: number
  readonly now: Instant
}

export function claimFrom(books: MemoryBooks, claim: Claim): readonly Claimed[] {
  const { subscriptionId, now, limit } = claim
  const stored = books.subscriptions.get(subscriptionId)
  if (stored === null || stored.isRemoved || stored.subscription.isPaused) return []
  const { openUntil } = stored
  if (openUntil !== null && openUntil > now) return []
  const isProbe = openUntil !== null
  const chosen = runs(books, claim).flatMap((run) => (isProbe ? run.slice(0, 1) : run))
  const most = isProbe ? 1 : limit
  const rows = chosen.slice(0, most)
  if (isProbe && rows.length > 0) {
    books.subscriptions.set(subscriptionId, { ...stored, openUntil: instant(now + claim.probeMs) })
  }
  return rows.map((row) => countAttempt(books, row, claim, isProbe))
}

/** For each aggregate, its unfinished deliveries from the earliest on, up to the first that cannot be claimed. */
function runs(books: MemoryBooks, { subscriptionId, held, runLength, now }: Claim): StoredDelivery[][] {
  const byAggregate = new Map<string, StoredDelivery[]>()
  for (const row of books.deliveries.values()) {
    if (row.subscriptionId !== subscriptionId || !UNFINISHED.includes(row.status)) continue
    if (!held.has(shardOf(row.event))) continue
    const rows = byAggregate.get(row.event.aggregateId)
    if (rows === undefined) byAggregate.set(row.event.aggregateId, [row])
    else rows.push(row)
  }
  return [...byAggregate.values()]
    .map((rows) => {
      rows.sort((a, b) => a.event.aggregateVersion - b.event.aggregateVersion)
      const [head] = rows
      const length = head?.claimToken === null ? runLength : 1
      const end = rows.findIndex((row) => !isClaimable(row, held, now))
      return rows.slice(0, Math.min(length, end === -1 ? rows.length : end))
    })
    .filter((rows) => rows.length > 0)
    .sort((a, b) => (a[0]?.nextAttemptAt ?? 0) - (b[0]?.nextAttemptAt ?? 0))
}

function isClaimable(row: StoredDelivery, held: ReadonlyMap<number, bigint>, now: Instant): boolean {
  return (
    row.status === 'pending' && row.nextAttemptAt <= now && row.claimToken !== held.get(shardOf(row.event))
  )
}

function countAttempt(books: MemoryBooks, row: StoredDelivery, { held }: Claim, isProbe: boolean): Claimed {
  const shard = shardOf(row.event)
  const token = held.get(shard) ?? 0n
  const [attempts, lost] = [row.attempts + 1, row.claimToken === null ? row.lost : row.lost + 1]
  put(books, { ...row, attempts, lost, claimToken: token })
  const { subscriptionId, event, failures } = row
  return { subscriptionId, ownerId: event.ownerId, shard, token, attempts, failures, lost, isProbe, event }
}
