import { DomainError, formatInstant } from '@daftari/domain'
import { z } from 'zod'
import type { HistoryKind } from '../contexts.ts'
import type { EventRecord } from '../kernel/events/event-record.ts'
import { idOf } from '../kernel/input/found.ts'
import { once } from '../kernel/input/once.ts'
import { pageQuery } from '../kernel/input/page-query.ts'
import { parseQuery } from '../kernel/input/parse-query.ts'
import { type Page, pageOf } from '../kernel/pagination/page.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'

export const listHistoryInput = z.strictObject(pageQuery)

export type ListHistoryInput = z.input<typeof listHistoryInput> & {
  readonly kind: HistoryKind
  readonly id: string
}

export const historyEntryView = once(() =>
  z
    .object({
      type: z.string(),
      version: z.int(),
      at: z.iso.datetime(),
      by: z.string(),
      changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
    })
    .meta({ title: 'HistoryEntry' }),
)
export type HistoryEntryView = Readonly<z.output<ReturnType<typeof historyEntryView>>>

/** Lists the events of a record, newest first, even after the record was deleted. @throws not_found, invalid_query, invalid_cursor */
export function listHistory({ queries, cursors }: Pick<Ports, 'queries' | 'cursors'>) {
  return async function listHistory(
    { ownerId }: Scope,
    { kind, id: text, ...page }: ListHistoryInput,
  ): Promise<Page<HistoryEntryView>> {
    const { limit, cursor } = parseQuery(listHistoryInput, page)
    const id = idOf(kind, text)
    const entries = await pageOf(
      { cursors, context: [ownerId, 'history', kind, id], cursor, limit },
      ({ after, limit: most }) =>
        queries.history.list(ownerId, kind, id, {
          before: after === null ? null : Number(after.key),
          limit: most,
        }),
      (record) => ({ key: String(record.aggregateVersion), id: record.id }),
      historyEntry,
    )
    if (entries.data.length === 0) throw new DomainError('not_found', { kind, id })
    return entries
  }
}

function historyEntry({ type, aggregateVersion, at, actorId, body }: EventRecord): HistoryEntryView {
  const { before, after } = JSON.parse(body).data
  return {
    type,
    version: aggregateVersion,
    at: formatInstant(at),
    by: actorId,
    changes: changesBetween(before ?? {}, after ?? {}),
  }
}

type Json = Readonly<Record<string, unknown>>

const UNTOLD = new Set(['id', 'version', 'createdAt', 'createdBy', 'updatedAt'])

/** The fields that differ, without those that every event changes, such as `updatedAt`. */
function changesBetween(before: Json, after: Json): Record<string, { before: unknown; after: unknown }> {
  const changes: Record<string, { before: unknown; after: unknown }> = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was = null, is = null] = [before[field], after[field]]
    if (!UNTOLD.has(field) && JSON.stringify(was) !== JSON.stringify(is)) {
      changes[field] = { before: was, after: is }
    }
  }
  return changes
}
