import type { UseCaseDeps } from '../kernel/use-case-deps.ts'
import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import { deliveryStats } from './delivery-stats.ts'
import {
  getDelivery,
  listDeliveries,
  replayDeliveries,
  retryDelivery,
  skipDelivery,
} from './manage-deliveries.ts'
import { listHandlers, pauseHandler, removeHandler } from './manage-handlers.ts'
import { registerHandler } from './register-handler.ts'

export function deliveryUseCases(deps: UseCaseDeps, { read }: UseCaseKinds) {
  return {
    delivery: Object.freeze({
      register: read(registerHandler(deps)),
      handlers: read(listHandlers(deps)),
      pause: read(pauseHandler(deps, true)),
      resume: read(pauseHandler(deps, false)),
      remove: read(removeHandler(deps)),
      list: read(listDeliveries(deps)),
      get: read(getDelivery(deps)),
      retry: read(retryDelivery(deps)),
      skip: read(skipDelivery(deps)),
      replay: read(replayDeliveries(deps)),
      stats: read(deliveryStats(deps)),
    }),
  }
}
