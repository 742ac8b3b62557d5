import { aSubscription, at } from '@daftari/testing'
import { type Probes, txInserts, txReads, txWrites } from '../support/probe.ts'

export const deliveryProbes: Probes = {
  'tx.subscriptions.lockByName': txReads(
    (tx, { subscription }) => tx.subscriptions.lockByName(subscription.name),
    null,
  ),
  'tx.subscriptions.insert': txInserts((tx, { subscription }) =>
    tx.subscriptions.insert(aSubscription({ name: subscription.name })),
  ),
  'tx.subscriptions.update': txWrites(
    (tx, { subscription }) => tx.subscriptions.update({ ...subscription, isPaused: true, version: 2 }, 1),
    'concurrent_change',
  ),
  'tx.deliveries.retry': txReads(
    (tx, { subscription, eventId }) => tx.deliveries.retry(subscription.id, eventId),
    null,
  ),
  'tx.deliveries.skip': txReads(
    (tx, { subscription, eventId }) => tx.deliveries.skip(subscription.id, eventId),
    null,
  ),
  'tx.deliveries.replay': txReads(
    (tx, { subscription }) => tx.deliveries.replay(everythingTo(subscription.name)),
    0,
  ),
  'tx.deliveries.cancelAll': txReads(
    async (tx, { subscription }) => tx.deliveries.cancelAll(subscription.id),
    undefined,
  ),
}

function everythingTo(subscriptionName: string) {
  const [from, to] = [at('2020-01-01T00:00:00.000Z'), at('2100-01-01T00:00:00.000Z')]
  return { subscriptionName, from, to, eventTypes: [] }
}
