import type { EventType } from '@daftari/domain'
import { z } from 'zod'
import { once } from '../input/once.ts'

/** The events that others may hear of. What happens to settings and API keys is for the audit only. */
export const EVENT_TYPES = [
  'category.created',
  'category.updated',
  'category.deleted',
  'expense.created',
  'expense.updated',
  'expense.deleted',
  'invoice.registered',
  'invoice.updated',
  'invoice.payment_recorded',
  'invoice.payment_reversed',
  'invoice.paid',
  'invoice.voided',
  'invoice.urgency_overridden',
  'invoice.urgency_cleared',
  'attachment.stored',
] as const satisfies readonly EventType[]

export type PublicEventType = (typeof EVENT_TYPES)[number]

const recordView = z.record(z.string(), z.unknown()).nullable()

/** The envelope of every event: CloudEvents 1.0 in JSON. */
export const eventView = once(() =>
  z
    .object({
      specversion: z.literal('1.0'),
      id: z.uuid(),
      source: z.string(),
      type: z.string(),
      subject: z.uuid(),
      time: z.iso.datetime(),
      datacontenttype: z.literal('application/json'),
      aggregatetype: z.string(),
      aggregateversion: z.int(),
      actor: z.string(),
      data: z.object({ before: recordView, after: recordView }),
    })
    .meta({ title: 'Event' }),
)
