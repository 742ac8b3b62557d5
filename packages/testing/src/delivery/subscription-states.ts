import type { Subscription } from '@daftari/domain'
import { at, freshId } from '../kernel/fresh.ts'

/** A subscription to everything, as it is after its creation. */
export function aSubscription(overrides: Partial<Subscription> = {}): Subscription {
  const id = freshId<Subscription['id']>()
  const createdAt = at('2026-11-21T09:00:00.000Z')
  return {
    id,
    name: `handler ${id}`,
    eventTypes: ['*'],
    isPaused: false,
    isRemoved: false,
    version: 1,
    createdAt,
    createdBy: 'a-tester',
    updatedAt: createdAt,
    ...overrides,
    hearsSince: overrides.hearsSince ?? overrides.createdAt ?? createdAt,
  }
}
