import { formatInstant, isUuid, type Subscription } from '@daftari/domain'
import { z } from 'zod'
import { EVENT_TYPES, type EventType } from '../contexts.ts'
import { coded } from '../kernel/input/coded.ts'
import { nameField } from '../kernel/input/fields.ts'
import { pageQuery } from '../kernel/input/page-query.ts'
import type { Precondition } from '../kernel/input/precondition.ts'
import type { Attempt, Delivery } from './ports.ts'

const STATUSES = ['pending', 'delivered', 'dead', 'parked', 'cancelled'] as const

const eventType = z.enum(EVENT_TYPES, { error: coded('text_invalid', `one of ${EVENT_TYPES.join(', ')}`) })
const everything = z.tuple([z.literal('*')])
const moment = z.iso.datetime({
  offset: true,
  error: coded('date_invalid', 'a moment, e.g. "2026-11-21T09:00:00Z"'),
})

export const registerHandlerInput = z.strictObject({
  name: nameField,
  eventTypes: z.union([everything, z.array(eventType).min(1)]).default(['*']),
})
export type RegisterHandlerInput = z.input<typeof registerHandlerInput>

export const handlerTarget = z.strictObject({ name: nameField })
export type HandlerTarget = z.input<typeof handlerTarget> & {
  /** The version that was seen. Without it, the handler is changed whatever its version is. */
  readonly version?: Precondition | undefined
}

export const listDeliveriesInput = z.strictObject({
  ...pageQuery,
  handler: z.string().optional(),
  status: z.enum(STATUSES, { error: coded('text_invalid', `one of ${STATUSES.join(', ')}`) }).optional(),
  eventType: eventType.optional(),
})
export type ListDeliveriesInput = z.input<typeof listDeliveriesInput>

export const replayInput = z.strictObject({
  handler: nameField,
  from: moment,
  to: moment,
  eventTypes: z.array(eventType).default([]),
})
export type ReplayInput = z.input<typeof replayInput>

export interface HandlerView {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly eventTypes: readonly (EventType | '*')[]
  readonly state: 'active' | 'paused'
  readonly createdAt: string
}

export function handlerJson({
  id,
  version,
  name,
  eventTypes,
  isPaused,
  createdAt,
}: Subscription): HandlerView {
  const types = eventTypes as HandlerView['eventTypes']
  return {
    id,
    version,
    name,
    eventTypes: types,
    state: isPaused ? 'paused' : 'active',
    createdAt: formatInstant(createdAt),
  }
}

export interface DeliveryView {
  /** Names the delivery in `get`, `retry` and `skip`. */
  readonly id: string
  readonly handler: string
  readonly eventId: string
  readonly eventType: string
  readonly aggregateId: string
  readonly aggregateVersion: number
  readonly status: Delivery['status']
  readonly attemptCount: number
  readonly nextAttemptAt: string | null
  readonly lastError: string | null
  readonly createdAt: string
}

export function deliveryJson(delivery: Delivery): DeliveryView {
  const { subscriptionId, subscriptionName, eventId, status, attempts, nextAttemptAt, createdAt } = delivery
  const { eventType: type, aggregateId, aggregateVersion, lastError } = delivery
  return {
    id: `${subscriptionId}.${eventId}`,
    handler: subscriptionName,
    eventId,
    eventType: type,
    aggregateId,
    aggregateVersion,
    status,
    attemptCount: attempts,
    nextAttemptAt: status === 'pending' ? formatInstant(nextAttemptAt) : null,
    lastError,
    createdAt: formatInstant(createdAt),
  }
}

export interface AttemptView {
  readonly number: number
  readonly at: string
  readonly durationMs: number
  readonly error: string | null
}

export function attemptJson({ number, at, durationMs, error }: Attempt): AttemptView {
  return { number, at: formatInstant(at), durationMs, error }
}

export interface DeliveryTarget {
  readonly deliveryId: string
}

/** Splits the id of a delivery into those of its subscription and its event; `null` when it is no such id. */
export function partsOf(deliveryId: string): readonly [string, string] | null {
  const [subscriptionId = '', eventId = '', ...rest] = String(deliveryId).split('.')
  return rest.length === 0 && isUuid(subscriptionId) && isUuid(eventId) ? [subscriptionId, eventId] : null
}
