import { instant } from '@daftari/domain'
import { aCategory, categoryEvent } from '@daftari/testing'
import { expect, test } from 'vitest'
import { eventRecord } from '../kernel/events/event-record.ts'
import { BREAKER_OPENS_AFTER } from './breaker.ts'
import { InFlight } from './in-flight.ts'
import type { Claimed, Outcome } from './ports.ts'

function claimOf(subscriptionId: string, shard: number): Claimed {
  const ownerId = 'an owner'
  const created = categoryEvent('category.created', { after: aCategory() })
  const event = eventRecord({ ownerId, actorId: 'amina' }, 'an event', created)
  const counts = { attempts: 1, failures: 0, lost: 0, isProbe: false }
  return { subscriptionId, ownerId, shard, token: 1n, ...counts, event }
}

function outcomeOf(claimed: Claimed, result: 'delivered' | 'released' | 'failed'): Outcome {
  const attempt = { claimed, at: instant(0), durationMs: 1 }
  return result === 'failed' ? { ...attempt, result, error: 'refused', retryInMs: 1 } : { ...attempt, result }
}

test('counts a delivery as unsent, then as unsettled, and then not at all', () => {
  const inFlight = new InFlight()
  const claimed = claimOf('mail', 7)
  const seen = () => [inFlight.count, inFlight.hasShard(7), inFlight.ofSubscription('mail')]
  inFlight.claimed(claimed)
  expect(seen()).toMatchObject([1, true, { unsent: 1, unsettled: 0 }])
  inFlight.attempted(outcomeOf(claimed, 'delivered'))
  expect(seen()).toMatchObject([1, true, { unsent: 0, unsettled: 1 }])
  inFlight.settled(outcomeOf(claimed, 'delivered'))
  expect(seen()).toMatchObject([0, false, { unsent: 0, unsettled: 0 }])
})

test('has a shard in flight until its last delivery is settled, of whatever subscription', () => {
  const inFlight = new InFlight()
  const [one, other] = [claimOf('mail', 7), claimOf('post', 7)]
  for (const claimed of [one, other]) inFlight.claimed(claimed)
  for (const claimed of [one, other]) inFlight.attempted(outcomeOf(claimed, 'delivered'))
  inFlight.settled(outcomeOf(one, 'delivered'))
  expect([inFlight.hasShard(7), inFlight.count]).toEqual([true, 1])
  inFlight.settled(outcomeOf(other, 'delivered'))
  expect([inFlight.hasShard(7), inFlight.count]).toEqual([false, 0])
})

test('trips the breaker after ten failures in a row, until nothing of the subscription is in flight', () => {
  const inFlight = new InFlight()
  const claims = Array.from({ length: BREAKER_OPENS_AFTER + 2 }, (_, index) => claimOf('mail', index))
  for (const claimed of claims) inFlight.claimed(claimed)
  const [delivered, released, ...failed] = claims.map((claimed, index) =>
    outcomeOf(claimed, index === 0 ? 'delivered' : index === 1 ? 'released' : 'failed'),
  )
  if (delivered === undefined || released === undefined) throw new Error('there are more than two')
  for (const outcome of [delivered, ...failed.slice(1), released]) inFlight.attempted(outcome)
  expect(inFlight.hasTrippedBreaker('mail')).toBe(false)
  inFlight.attempted(failed[0] ?? released)
  expect(inFlight.hasTrippedBreaker('mail')).toBe(true)
  for (const outcome of [delivered, released, ...failed]) inFlight.settled(outcome)
  expect(inFlight.hasTrippedBreaker('mail')).toBe(false)
})
