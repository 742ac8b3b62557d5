import { deliveryStatsJson } from '@daftari/application'
import { type Check, CheckFailed } from './check.ts'

/** Events that nobody will bring any more unless somebody sees to it. */
export const checkOutbox: Check = {
  component: 'outbox',
  remedy: 'daftari outbox retry --failed --dead',
  async run({ adapters: { dispatch, wakeUps } }) {
    const stats = deliveryStatsJson(await dispatch.stats())
    const { dead, parked, pending, due, failing, oldestAt } = stats
    if (dead > 0) throw new Error(`${dead} deliveries are dead, and ${parked} wait behind them`)
    if (!(await wakeUps.isHeard())) {
      throw new CheckFailed(
        'no notification is heard on this connection, so the dispatcher looks every second',
        'set DATABASE_SYSTEM_URL to an address of the server itself, past the pooler',
      )
    }
    return [
      'what other processes write is heard of at once',
      `${pending} deliveries pending, ${due} of them due, ${failing} after a failure`,
      oldestAt === null ? 'nothing waits' : `the oldest waits since ${oldestAt}`,
    ]
  },
}
