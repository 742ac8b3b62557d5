import { pauseSubscription, removeSubscription, type Subscription } from '@daftari/domain'
import { parse } from '../kernel/input/parse.ts'
import { onVersion, requireVersion } from '../kernel/input/precondition.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type HandlerTarget, type HandlerView, handlerJson, handlerTarget } from './delivery-shapes.ts'

type Deps = Pick<Ports, 'unitOfWork' | 'clock'>

/** Lists all handlers of the owner, in this and in other processes. */
export function listHandlers({ delivery }: Pick<Ports, 'delivery'>) {
  return async function listHandlers({ ownerId }: Scope): Promise<readonly HandlerView[]> {
    return (await delivery.subscriptions(ownerId)).map(handlerJson)
  }
}

/** Pauses or resumes the delivery to a handler. @throws validation_failed, not_found, concurrent_change */
export function pauseHandler({ unitOfWork, clock }: Deps, isPaused: boolean) {
  return async function pauseHandler(
    scope: TransactionScope,
    { version, ...input }: HandlerTarget,
  ): Promise<HandlerView> {
    const { name } = parse(handlerTarget, input)
    return onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const known = await tx.subscriptions.lockByName(name)
        judgeVersion(known, version)
        const { state, events } = pauseSubscription(known, isPaused, clock.now(), name)
        if (events.length > 0) tx.subscriptions.update(state, state.version - 1)
        tx.events.append(events)
        return handlerJson(state)
      }),
    )
  }
}

/** Removes a handler and cancels its deliveries that did not arrive. @throws validation_failed, not_found, concurrent_change */
export function removeHandler({ unitOfWork, clock, senders }: Deps & Pick<Ports, 'senders'>) {
  return async function removeHandler(
    scope: TransactionScope,
    { version, ...input }: HandlerTarget,
  ): Promise<Record<string, never>> {
    const { name } = parse(handlerTarget, input)
    let id = ''
    await onVersion(version, () =>
      unitOfWork.transact(scope, async (tx) => {
        const known = await tx.subscriptions.lockByName(name)
        judgeVersion(known, version)
        const { state, events } = removeSubscription(known, clock.now(), name)
        tx.subscriptions.update(state, state.version - 1)
        await tx.deliveries.cancelAll(state.id)
        tx.events.append(events)
        id = state.id
        return {}
      }),
    )
    senders.delete(id)
    return {}
  }
}

/** The version is optional. When the caller sends one, it must be the current version. @throws concurrent_change */
function judgeVersion(known: Subscription | null, version: HandlerTarget['version']): void {
  if (known !== null && !known.isRemoved) requireVersion('handler', known, version ?? '*')
}
