import type { UseCaseKinds } from '../kernel/use-case-kinds.ts'
import type { UseCaseDeps } from '../use-case-deps.ts'
import { deliveryStats } from './delivery-stats.ts'
import {
  getDelivery,
  listDeliveries,
  replayDeliveries,
  retryDelivery,
  skipDelivery,
} from './manage-deliveries.ts'
import { listHandlers, pauseHandler, removeHandler } from './manage-handlers.ts'
import { registerHandler, subscribeHandler } from './register-handler.ts'

export function deliveryUseCases(deps: UseCaseDeps, { read, write, change }: UseCaseKinds) {
  const subscribed = write('delivery.register', subscribeHandler(deps))
  return {
    delivery: Object.freeze({
      register: registerHandler(subscribed, deps.senders),
      handlers: read(listHandlers(deps)),
      pause: change('delivery.pause', pauseHandler(deps, true)),
      resume: change('delivery.resume', pauseHandler(deps, false)),
      remove: change('delivery.remove', removeHandler(deps)),
      list: read(listDeliveries(deps)),
      get: read(getDelivery(deps)),
      retry: write('delivery.retry', retryDelivery(deps)),
      skip: write('delivery.skip', skipDelivery(deps)),
      replay: write('delivery.replay', replayDeliveries(deps)),
      stats: read(deliveryStats(deps)),
    }),
  }
}
