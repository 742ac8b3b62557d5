import { deliveryStatsJson } from '@daftari/application'
import { type Check, CheckFailed } from './check.ts'

/** Fails when there are dead deliveries, because these are sent only after an operator retries them. */
export const checkOutbox: Check = {
  component: 'outbox',
  remedy: 'daftari outbox retry --failed --dead',
  async run({ adapters: { dispatch, wakeUps } }) {
    const stats = deliveryStatsJson(await dispatch.stats())
    const { dead, parked, pending, due, failing, oldestAt } = stats
    if (dead > 0) throw new Error(`${dead} deliveries are dead, and ${parked} are parked behind them`)
    if (!(await wakeUps.isHeard())) {
      throw new CheckFailed(
        'this connection receives no notifications, so the dispatcher polls every second',
        'set DATABASE_SYSTEM_URL to the address of the server itself, not of the pooler',
      )
    }
    return [
      'notifications of other processes arrive',
      `${pending} deliveries pending, ${due} of them due, ${failing} after a failure`,
      oldestAt === null ? 'no delivery is waiting' : `the oldest delivery has been waiting since ${oldestAt}`,
    ]
  },
}
