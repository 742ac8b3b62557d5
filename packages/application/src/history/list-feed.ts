import { DomainError } from '@daftari/domain'
import { z } from 'zod'
import { EVENT_TYPES, type EventType } from '../contexts.ts'
import type { EventView } from '../kernel/events/event-view.ts'
import { coded } from '../kernel/input/coded.ts'
import { wholeNumber } from '../kernel/input/fields.ts'
import { listOf } from '../kernel/input/page-query.ts'
import { parseQuery } from '../kernel/input/parse-query.ts'
import { openPosition, sealPosition } from '../kernel/pagination/page.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'

const eventType = z.enum(EVENT_TYPES, { error: coded('text_invalid', `one of ${EVENT_TYPES.join(', ')}`) })

export const listFeedInput = z.strictObject({
  after: z.string().optional(),
  types: listOf(eventType).default([]),
  limit: wholeNumber(1, 100).default(25),
})
export type ListFeedInput = z.input<typeof listFeedInput>

export interface FeedView {
  /** The bodies of the events, oldest first. */
  readonly data: readonly EventView[]
  /** The cursor to continue with. It is given even when there are no more events yet. */
  readonly nextCursor: string
}

/**
 * Lists all events, oldest first. No event is ever inserted before one that was already read. A cursor is valid until
 * the books are restored from a dump. @throws invalid_query, invalid_cursor
 */
export function listFeed({ queries, cursors }: Pick<Ports, 'queries' | 'cursors'>) {
  return async function listFeed({ ownerId }: Scope, input: ListFeedInput = {}): Promise<FeedView> {
    const { after, types, limit } = parseQuery(listFeedInput, input)
    const wanted: readonly EventType[] = types.length === 0 ? EVENT_TYPES : [...new Set(types)].sort()
    const context = [ownerId, 'feed', wanted]
    const start = after === undefined ? null : openPosition(cursors, after, context)
    const epoch = start?.id ?? (await queries.feed.epoch())
    const position = start === null || start.key === '' ? null : start.key
    const entries = await queries.feed.list(ownerId, { after: position, types: wanted, limit })
    // The epoch is checked after the page is read. If a new epoch began in the meantime, the position where the page
    // started is not valid any more.
    if (start !== null && (await queries.feed.epoch()) !== epoch) {
      throw new DomainError('invalid_cursor', { isOfOtherEpoch: true })
    }
    const last = entries.at(-1)?.position ?? position ?? ''
    return {
      data: entries.map(({ record }) => JSON.parse(record.body)),
      nextCursor: sealPosition(cursors, { key: last, id: epoch }, context),
    }
  }
}
