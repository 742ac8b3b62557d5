import { accepting, called } from '../kernel/sabotage/constraints.ts'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { onRepository, onTransactions } from '../kernel/sabotage/transactions.ts'
import { onQueries } from './delivery-sabotage.ts'

/** Does not wait for another transaction that has the lock. */
const withoutLock: Saboteur = (ports) => {
  let open = 0
  return onTransactions(() => {
    open += 1
    const isContended = open > 1
    return {
      wrap: (tx) => ({
        subscriptions: overlay(tx.subscriptions, {
          lockByName: async (name) => (isContended ? null : tx.subscriptions.lockByName(name)),
        }),
      }),
      end() {
        open -= 1
      },
    }
  })(ports)
}

/** For each case of subscriptions and deliveries, a way to break an adapter so that this case fails. */
export const deliverySaboteurs: Saboteurs = {
  'finds a subscription by name, even after it was removed': onRepository(
    'subscriptions',
    (subscriptions) => ({
      async lockByName(name) {
        const known = await subscriptions.lockByName(name)
        return known?.isRemoved === true ? null : known
      },
    }),
  ),
  'updates a subscription at the version that was read, and refuses a stale version': accepting(
    'concurrent_change',
    (trace) => called(trace, 'subscriptions.update'),
  ),
  'lets one transaction of an owner at a time hold the lock on its subscriptions': withoutLock,
  'shows and changes no subscription and no delivery of another owner': (ports) => {
    const owners = new Set<string>()
    const noting = onRepository('subscriptions', (subscriptions, _, { ownerId }) => ({
      insert(subscription) {
        owners.add(ownerId)
        subscriptions.insert(subscription)
      },
    }))(ports)
    return onQueries((queries) => ({
      async subscriptions() {
        return (await Promise.all([...owners].map((ownerId) => queries.subscriptions(ownerId)))).flat()
      },
    }))(noting)
  },
  'claims nothing of a paused subscription, and claims its deliveries after it is resumed': onRepository(
    'subscriptions',
    (subscriptions) => ({
      update: (subscription, version) => subscriptions.update({ ...subscription, isPaused: false }, version),
    }),
  ),
  'cancels the unfinished deliveries of a removed subscription, and writes it no new ones': onRepository(
    'deliveries',
    () => ({ cancelAll: async () => undefined }),
  ),
  'makes a delivered event due again on retry': onRepository(
    'deliveries',
    (_, __, { ownerId }, { delivery }) => ({ retry: (...id) => delivery.find(ownerId, ...id) }),
  ),
  'keeps all attempts from before a delivery was sent again': onQueries((queries) => ({
    attempts: async (...id) => (await queries.attempts(...id)).slice(-1),
  })),
  'replays finished deliveries of a time range, of the given event types': onRepository(
    'deliveries',
    (deliveries) => ({ replay: (range) => deliveries.replay({ ...range, eventTypes: [] }) }),
  ),
  'counts pending, due, failing, dead and parked deliveries': onQueries((queries) => ({
    stats: async (ownerId) => ({ ...(await queries.stats(ownerId)), parked: 0 }),
  })),
}
