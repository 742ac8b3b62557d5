import type { Instant } from '../kernel/calendar/instant.ts'
import { DomainError } from '../kernel/errors/domain-error.ts'
import { type Decision, unchanged } from '../kernel/events/decision.ts'
import { created, type Fact, updated } from '../kernel/events/fact.ts'
import { firstVersion, nextVersion, type Recorded } from '../kernel/identity/recorded.ts'
import type { SubscriptionId } from './ids.ts'

/** A subscription of an owner to events of some types. */
export interface Subscription extends Recorded {
  readonly id: SubscriptionId
  readonly name: string
  /** The single entry `*` means all types. */
  readonly eventTypes: readonly string[]
  /** While it is paused, deliveries are written but not sent. */
  readonly isPaused: boolean
  /** After it is removed, no deliveries are written. A new subscription of the same name takes over its id. */
  readonly isRemoved: boolean
  /** The time since when the subscription has its current event types. */
  readonly hearsSince: Instant
}

export type SubscriptionEvent = Fact<
  | 'subscription.created'
  | 'subscription.updated'
  | 'subscription.paused'
  | 'subscription.resumed'
  | 'subscription.removed',
  'subscription',
  Subscription
>

type Decided = Decision<Subscription, SubscriptionEvent>

export interface NewSubscription {
  readonly id: SubscriptionId
  readonly name: string
  readonly eventTypes: readonly string[]
  readonly at: Instant
  readonly by: string
}

/**
 * Creates a subscription, or changes the event types of the existing subscription with that name. A removed
 * subscription receives events again from now on.
 */
export function subscribe(
  { id, name, eventTypes, at, by }: NewSubscription,
  known: Subscription | null,
): Decided {
  if (known === null) {
    const state: Subscription = {
      id,
      name,
      eventTypes,
      isPaused: false,
      isRemoved: false,
      hearsSince: at,
      ...firstVersion(at, by),
    }
    return { state, events: [created('subscription.created', 'subscription', state)] }
  }
  const isSame = `${known.eventTypes}` === `${eventTypes}`
  if (isSame && !known.isRemoved) return unchanged(known)
  const isPaused = known.isPaused && !known.isRemoved
  return changed(
    'subscription.updated',
    known,
    { eventTypes, isPaused, isRemoved: false, hearsSince: at },
    at,
  )
}

/** Pauses or resumes a subscription. @throws not_found */
export function pauseSubscription(
  given: Subscription | null,
  isPaused: boolean,
  at: Instant,
  name: string,
): Decided {
  const known = requireNotRemoved(given, name)
  if (known.isPaused === isPaused) return unchanged(known)
  return changed(isPaused ? 'subscription.paused' : 'subscription.resumed', known, { isPaused }, at)
}

/** Removes a subscription: it gets no more events. @throws not_found */
export function removeSubscription(given: Subscription | null, at: Instant, name: string): Decided {
  return changed('subscription.removed', requireNotRemoved(given, name), { isRemoved: true }, at)
}

function requireNotRemoved(known: Subscription | null, name: string): Subscription {
  if (known === null || known.isRemoved) throw new DomainError('not_found', { kind: 'handler', id: name })
  return known
}

function changed(
  type: SubscriptionEvent['type'],
  before: Subscription,
  change: Partial<Subscription>,
  at: Instant,
): Decided {
  const state = nextVersion({ ...before, ...change }, at)
  return { state, events: [updated(type, 'subscription', before, state)] }
}
