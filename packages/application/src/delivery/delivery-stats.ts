import { formatInstant } from '@daftari/domain'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import type { DeliveryStats } from './ports.ts'

export interface DeliveryStatsView extends Omit<DeliveryStats, 'oldestAt'> {
  readonly oldestAt: string | null
}

/** Counts pending, due, failing, dead and parked deliveries. */
export function deliveryStats({ delivery }: Pick<Ports, 'delivery'>) {
  return async function deliveryStats({ ownerId }: Scope): Promise<DeliveryStatsView> {
    return deliveryStatsJson(await delivery.stats(ownerId))
  }
}

export function deliveryStatsJson(stats: DeliveryStats): DeliveryStatsView {
  return { ...stats, oldestAt: stats.oldestAt === null ? null : formatInstant(stats.oldestAt) }
}
