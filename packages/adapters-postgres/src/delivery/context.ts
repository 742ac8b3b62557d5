import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { deliveryInvariants } from './invariants.ts'
import { deliveryMigration } from './migrations/0005-delivery.ts'
import { subscriptionVersionsMigration } from './migrations/0007-subscription-versions.ts'
import { deliveryFunctionNamesMigration } from './migrations/0008-delivery-function-names.ts'
import { postgresDeliveryRepository } from './postgres-delivery-repository.ts'
import { postgresSubscriptionRepository } from './postgres-subscription-repository.ts'

export const delivery: PostgresContext<'subscriptions' | 'deliveries'> = {
  repositories: {
    subscriptions: postgresSubscriptionRepository,
    deliveries: postgresDeliveryRepository,
  },
  queries: () => ({}),
  migrations: [deliveryMigration, subscriptionVersionsMigration, deliveryFunctionNamesMigration],
  invariants: deliveryInvariants,
}
