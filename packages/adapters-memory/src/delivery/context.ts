import type { MemoryContext } from '../kernel/context.ts'
import { memoryDeliveryRepository } from './memory-delivery-repository.ts'
import { memorySubscriptionRepository } from './memory-subscription-repository.ts'

export const delivery: MemoryContext<'subscriptions' | 'deliveries'> = {
  repositories: {
    subscriptions: ({ session, lock }) => memorySubscriptionRepository(session, lock),
    deliveries: ({ session, clock }) => memoryDeliveryRepository(session, clock),
  },
  queries: () => ({}),
}
