import type { Attempt, DeliveryStatus, EventRecord, Subscription } from '@daftari/application'
import type { Instant } from '@daftari/domain'

export interface StoredSubscription {
  readonly subscription: Subscription
  readonly isRemoved: boolean
  readonly consecutiveFailures: number
  readonly openUntil: Instant | null
  /** Since when its types of events are what they are. */
  readonly hearsSince: Instant
  /** What was finished before may be gone. */
  readonly cleanedBefore: Instant | null
}

export interface StoredDelivery {
  readonly subscriptionId: string
  readonly event: EventRecord
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly failures: number
  readonly lost: number
  /** The token of the claim that is under way. */
  readonly claimToken: bigint | null
  readonly nextAttemptAt: Instant
  readonly lastError: string | null
  readonly createdAt: Instant
  readonly finishedAt: Instant | null
  readonly history: readonly Attempt[]
}
