import type { Attempt, DeliveryStatus, EventRecord, Subscription } from '@daftari/application'
import type { Instant } from '@daftari/domain'

export interface StoredSubscription {
  readonly subscription: Subscription
  readonly isRemoved: boolean
  readonly consecutiveFailures: number
  readonly openUntil: Instant | null
  /** The time since when the subscription has its event types. */
  readonly hearsSince: Instant
  /** Deliveries that were finished before this time may have been removed. */
  readonly cleanedBefore: Instant | null
}

export interface StoredDelivery {
  readonly subscriptionId: string
  readonly event: EventRecord
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly failures: number
  readonly lost: number
  /** The token of the claim in flight, or `null` when the delivery is not claimed. */
  readonly claimToken: bigint | null
  readonly nextAttemptAt: Instant
  readonly lastError: string | null
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
  readonly history: readonly Attempt[]
}
