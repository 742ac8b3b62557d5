import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { postgresDeliveryRepository } from './postgres-delivery-repository.ts'
import { postgresSubscriptionRepository } from './postgres-subscription-repository.ts'

export const delivery: PostgresContext<'subscriptions' | 'deliveries'> = {
  repositories: {
    subscriptions: postgresSubscriptionRepository,
    deliveries: postgresDeliveryRepository,
  },
  queries: () => ({}),
}
