import { deliveryStatsJson } from '@daftari/application'
import type { Check } from './check.ts'

/** Events that nobody will bring any more unless somebody sees to it. */
export const checkOutbox: Check = {
  component: 'outbox',
  remedy: 'daftari outbox retry --failed --dead',
  async run({ adapters: { dispatch } }) {
    const stats = deliveryStatsJson(await dispatch.stats())
    const { dead, parked, pending, due, failing, oldestAt } = stats
    if (dead > 0) throw new Error(`${dead} deliveries are dead, and ${parked} wait behind them`)
    return [
      `${pending} deliveries pending, ${due} of them due, ${failing} after a failure`,
      oldestAt === null ? 'nothing waits' : `the oldest waits since ${oldestAt}`,
    ]
  },
}
