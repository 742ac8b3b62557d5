import { found } from '../kernel/input/found.ts'
import { parse } from '../kernel/input/parse.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type HandlerTarget, type HandlerView, handlerJson, handlerTarget } from './delivery-shapes.ts'

/** Every handler that the owner has, here or in another process. */
export function listHandlers({ delivery }: Pick<Ports, 'delivery'>) {
  return async function listHandlers({ ownerId }: Scope): Promise<readonly HandlerView[]> {
    return (await delivery.subscriptions(ownerId)).map(handlerJson)
  }
}

/** Holds the events back, or lets them go on. @throws validation_failed, not_found */
export function pauseHandler({ delivery }: Pick<Ports, 'delivery'>, isPaused: boolean) {
  return async function pauseHandler({ ownerId }: Scope, input: HandlerTarget): Promise<HandlerView> {
    const { name } = parse(handlerTarget, input)
    return handlerJson(found('handler', name, await delivery.setPaused(ownerId, name, isPaused)))
  }
}

/** Ends a handler: what did not arrive is cancelled. @throws validation_failed, not_found */
export function removeHandler({ delivery, senders }: Pick<Ports, 'delivery' | 'senders'>) {
  return async function removeHandler(
    { ownerId }: Scope,
    input: HandlerTarget,
  ): Promise<Record<string, never>> {
    const { name } = parse(handlerTarget, input)
    senders.delete(found('handler', name, await delivery.unsubscribe(ownerId, name)))
    return {}
  }
}
