import { type SubscriptionId, subscribe } from '@daftari/domain'
import type { EventView } from '../kernel/events/event-view.ts'
import { parse } from '../kernel/input/parse.ts'
import type { TransactionScope } from '../kernel/ports.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import {
  type HandlerView,
  handlerJson,
  type RegisterHandlerInput,
  registerHandlerInput,
} from './delivery-shapes.ts'
import type { Arrival, Senders } from './ports.ts'

/** Handles one event. When it rejects, the event is sent again. */
export type Handle = (event: EventView, arrival: Arrival) => Promise<void>

/** Stores a subscription with this name and these event types. @throws validation_failed */
export function subscribeHandler({ unitOfWork, clock, ids }: Pick<Ports, 'unitOfWork' | 'clock' | 'ids'>) {
  return async function subscribeHandler(
    scope: TransactionScope,
    input: RegisterHandlerInput,
  ): Promise<HandlerView> {
    const { name, eventTypes } = parse(registerHandlerInput, input)
    return unitOfWork.transact(scope, async (tx) => {
      const known = await tx.subscriptions.lockByName(name)
      const given = { id: ids.next<SubscriptionId>(), name, eventTypes, at: clock.now(), by: scope.actorId }
      const { state, events } = subscribe(given, known)
      if (known === null) tx.subscriptions.insert(state)
      else if (events.length > 0) tx.subscriptions.update(state, known.version)
      tx.events.append(events)
      return handlerJson(state)
    })
  }
}

/**
 * Subscribes a function of this process to events. The subscription is stored and survives restarts: events wait while
 * no process has registered a handler with this name, and are delivered after the next registration.
 */
export function registerHandler(
  subscribed: (scope: Scope, input: RegisterHandlerInput) => Promise<HandlerView>,
  senders: Senders,
) {
  return async function registerHandler(
    scope: Scope,
    input: RegisterHandlerInput,
    handle: Handle,
  ): Promise<HandlerView> {
    const view = await subscribed(scope, input)
    senders.set(view.id, ({ body }, arrival) => handle(JSON.parse(body), arrival))
    return view
  }
}
