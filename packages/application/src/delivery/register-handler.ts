import type { EventView } from '../kernel/events/event-view.ts'
import { parse } from '../kernel/input/parse.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import {
  type HandlerView,
  handlerJson,
  type RegisterHandlerInput,
  registerHandlerInput,
} from './delivery-shapes.ts'
import type { Arrival } from './ports.ts'

type Deps = Pick<Ports, 'delivery' | 'senders' | 'clock' | 'ids'>

/** Hears of one event. Rejecting says that it must come again. */
export type Handle = (event: EventView, arrival: Arrival) => Promise<void>

/**
 * Has a function of this process hear of events, from now on and across restarts: what happens while no process has
 * a handler of this name waits for it. Registering the name again takes up where it was left.
 * @throws validation_failed
 */
export function registerHandler({ delivery, senders, clock, ids }: Deps) {
  return async function registerHandler(
    { ownerId }: Scope,
    input: RegisterHandlerInput,
    handle: Handle,
  ): Promise<HandlerView> {
    const { name, eventTypes } = parse(registerHandlerInput, input)
    const subscription = await delivery.subscribe({
      id: ids.next(),
      ownerId,
      name,
      eventTypes,
      isPaused: false,
      createdAt: clock.now(),
    })
    senders.set(subscription.id, ({ body }, arrival) => handle(JSON.parse(body), arrival))
    return handlerJson(subscription)
  }
}
