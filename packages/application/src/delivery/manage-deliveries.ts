import { type Instant, parseInstant } from '@daftari/domain'
import { found } from '../kernel/input/found.ts'
import { parse } from '../kernel/input/parse.ts'
import { parseQuery } from '../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../kernel/pagination/page.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import {
  type AttemptView,
  attemptJson,
  type DeliveryTarget,
  type DeliveryView,
  deliveryJson,
  type ListDeliveriesInput,
  listDeliveriesInput,
  partsOf,
  type ReplayInput,
  replayInput,
} from './delivery-shapes.ts'
import type { Delivery } from './ports.ts'

type Desk = Pick<Ports, 'delivery'>

/** Events on their way, newest first. @throws invalid_query, invalid_cursor */
export function listDeliveries({ delivery, cursors }: Desk & Pick<Ports, 'cursors'>) {
  return async function listDeliveries(
    { ownerId }: Scope,
    input: ListDeliveriesInput = {},
  ): Promise<Page<DeliveryView>> {
    const {
      limit,
      cursor,
      handler = null,
      status = null,
      eventType = null,
    } = parseQuery(listDeliveriesInput, input)
    return pageOf(
      { cursors, context: [ownerId, 'deliveries', handler, status, eventType], cursor, limit },
      (page) => delivery.list(ownerId, { subscriptionName: handler, status, eventType }, page),
      ({ eventId, subscriptionId }) => ({ key: eventId, id: subscriptionId }),
      deliveryJson,
    )
  }
}

export interface DeliveryWithAttempts extends DeliveryView {
  readonly attempts: readonly AttemptView[]
}

/** One delivery with every attempt that something was heard of. @throws not_found */
export function getDelivery({ delivery }: Desk) {
  return async function getDelivery(
    { ownerId }: Scope,
    { deliveryId }: DeliveryTarget,
  ): Promise<DeliveryWithAttempts> {
    const [subscriptionId, eventId] = found('delivery', deliveryId, partsOf(deliveryId))
    const row = found('delivery', deliveryId, await delivery.find(ownerId, subscriptionId, eventId))
    const attempts = await delivery.attempts(ownerId, subscriptionId, eventId)
    return { ...deliveryJson(row), attempts: attempts.map(attemptJson) }
  }
}

/** Sends once more, whatever came of it before. @throws not_found */
export function retryDelivery({ delivery }: Desk) {
  return change((ownerId, ...id) => delivery.retry(ownerId, ...id))
}

/** Gives up on what did not arrive, so that what waits behind it goes on. @throws not_found */
export function skipDelivery({ delivery }: Desk) {
  return change((ownerId, ...id) => delivery.skip(ownerId, ...id))
}

function change(act: (ownerId: string, subscriptionId: string, eventId: string) => Promise<Delivery | null>) {
  return async ({ ownerId }: Scope, { deliveryId }: DeliveryTarget): Promise<DeliveryView> => {
    const id = found('delivery', deliveryId, partsOf(deliveryId))
    return deliveryJson(found('delivery', deliveryId, await act(ownerId, ...id)))
  }
}

/** Sends everything of a time once more that had come to an end. @throws validation_failed */
export function replayDeliveries({ delivery }: Desk) {
  return async function replayDeliveries(
    { ownerId }: Scope,
    input: ReplayInput,
  ): Promise<{ readonly count: number }> {
    const { handler: subscriptionName, from, to, eventTypes } = parse(replayInput, input)
    const range = { subscriptionName, from: momentOf(from), to: momentOf(to), eventTypes }
    return { count: await delivery.replay(ownerId, range) }
  }
}

function momentOf(text: string): Instant {
  const moment = parseInstant(text)
  if (moment === null) throw new Error(`${text} was checked to be a moment`)
  return moment
}
