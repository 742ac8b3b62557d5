import { type Books, eventView, listFeedInput } from '@daftari/application'
import { z } from 'zod'
import { shown } from '../endpoint/answer.ts'
import { type Route, route } from '../endpoint/route.ts'

const tag = 'Events'

const feedView = z.object({ data: z.array(eventView()), nextCursor: z.string() })
const eventTypesView = z.object({
  data: z.array(z.object({ type: z.string(), schema: z.looseObject({}), example: eventView() })),
})

/** `/v1/events` and `/v1/event-types` */
export function eventEndpoints({ history }: Books): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/events',
      scope: 'read',
      operationId: 'listEvents',
      tag,
      summary: 'List all events, oldest first',
      description:
        'Send `nextCursor` as `after` to continue. No event is ever inserted before that cursor. After the books were restored from a dump into another server, older cursors are refused with `invalid_cursor`: start again without a cursor and skip the events whose `id` you have already processed.',
      query: listFeedInput,
      lists: ['types'],
      answers: [{ status: 200, description: 'The events after the cursor.', view: feedView }],
      refusals: ['invalid_cursor'],
      handle: async ({ scope, query }) => shown(await history.feed(scope, query)),
    }),
    route({
      method: 'GET',
      path: '/event-types',
      scope: 'read',
      operationId: 'listEventTypes',
      tag,
      summary: 'List the event types, each with its JSON Schema and an example',
      answers: [{ status: 200, description: 'The types.', view: eventTypesView }],
      handle: async ({ scope }) => shown(await history.eventTypes(scope)),
    }),
  ]
}
