import type { DeliveryQueries, DispatchStore } from '@daftari/application'
import { overlay, type Saboteur } from '../kernel/sabotage/overlay.ts'

/** Replaces methods of the dispatch store. */
export function onDispatch(replace: (store: DispatchStore) => Partial<DispatchStore>): Saboteur {
  return (ports) => overlay(ports, { dispatch: overlay(ports.dispatch, replace(ports.dispatch)) })
}

/** Replaces methods of the delivery queries. */
export function onQueries(replace: (queries: DeliveryQueries) => Partial<DeliveryQueries>): Saboteur {
  return (ports) => overlay(ports, { delivery: overlay(ports.delivery, replace(ports.delivery)) })
}
