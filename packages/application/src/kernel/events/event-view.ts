import { z } from 'zod'
import { once } from '../input/once.ts'

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

export type EventView = Readonly<z.output<ReturnType<typeof eventView>>>
