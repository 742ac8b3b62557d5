import {
  carriedOut,
  type DeliveryOrderEvent,
  type DeliveryOrderId,
  type Instant,
  parseInstant,
} from '@daftari/domain'
import { found } from '../kernel/input/found.ts'
import { parse } from '../kernel/input/parse.ts'
import { parseQuery } from '../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../kernel/pagination/page.ts'
import type { TransactionScope } from '../kernel/ports.ts'
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
import type { Delivery, DeliveryRepository } from './ports.ts'

type Readable = Pick<Ports, 'delivery'>

/** Lists deliveries, newest event first. @throws invalid_query, invalid_cursor */
export function listDeliveries({ delivery, cursors }: Readable & Pick<Ports, 'cursors'>) {
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

/** One delivery with every attempt that has an outcome. @throws not_found */
export function getDelivery({ delivery }: Readable) {
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

type Deps = Pick<Ports, 'unitOfWork' | 'clock' | 'ids'>

/** Sends a delivery again, whatever its status. @throws not_found */
export function retryDelivery(deps: Deps) {
  return ordered(deps, 'delivery.retried', (deliveries, ...id) => deliveries.retry(...id))
}

/** Cancels a delivery that did not arrive, so that the deliveries parked behind it continue. @throws not_found */
export function skipDelivery(deps: Deps) {
  return ordered(deps, 'delivery.skipped', (deliveries, ...id) => deliveries.skip(...id))
}

function ordered(
  { unitOfWork, clock, ids }: Deps,
  type: DeliveryOrderEvent['type'],
  act: (deliveries: DeliveryRepository, subscriptionId: string, eventId: string) => Promise<Delivery | null>,
) {
  return async (scope: TransactionScope, { deliveryId }: DeliveryTarget): Promise<DeliveryView> => {
    const [subscriptionId, eventId] = found('delivery', deliveryId, partsOf(deliveryId))
    return unitOfWork.transact(scope, async (tx) => {
      const row = found('delivery', deliveryId, await act(tx.deliveries, subscriptionId, eventId))
      const of = { subscriptionName: row.subscriptionName, eventId, from: null, to: null, eventTypes: [] }
      const at = clock.now()
      tx.events.append([carriedOut(type, { id: ids.next(), ...of, count: 1, at, by: scope.actorId })])
      return deliveryJson(row)
    })
  }
}

/** Sends all finished deliveries in a range of time again. @throws validation_failed */
export function replayDeliveries({ unitOfWork, clock, ids }: Deps) {
  return async function replayDeliveries(
    scope: TransactionScope,
    input: ReplayInput,
  ): Promise<{ readonly count: number }> {
    const { handler: subscriptionName, from, to, eventTypes } = parse(replayInput, input)
    const range = { subscriptionName, from: momentOf(from), to: momentOf(to), eventTypes }
    return unitOfWork.transact(scope, async (tx) => {
      const count = await tx.deliveries.replay(range)
      const order = { id: ids.next<DeliveryOrderId>(), ...range, eventId: null, count }
      tx.events.append([carriedOut('delivery.replayed', { ...order, at: clock.now(), by: scope.actorId })])
      return { count }
    })
  }
}

function momentOf(text: string): Instant {
  const moment = parseInstant(text)
  if (moment === null) throw new Error(`${text} was checked to be a moment`)
  return moment
}
