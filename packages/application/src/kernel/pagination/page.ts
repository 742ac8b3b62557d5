import { DomainError } from '@daftari/domain'
import type { CursorSigner, KeysetPage } from '../ports.ts'

export interface Page<View> {
  readonly data: readonly View[]
  /** The cursor of the next page, or `null` on the last page. */
  readonly nextCursor: string | null
}

interface PageRequest {
  readonly cursors: CursorSigner
  /** The owner and everything that decides the rows and their order. A cursor is valid only for the same context. */
  readonly context: readonly unknown[]
  readonly cursor: string | undefined
  readonly limit: number
}

interface Position {
  readonly key: string
  readonly id: string
}

/** Reads one row more than the page holds, to know whether there is another page. @throws invalid_cursor */
export async function pageOf<Row, View>(
  { cursors, context, cursor, limit }: PageRequest,
  read: (page: KeysetPage) => Promise<readonly Row[]>,
  positionOf: (row: Row) => Position,
  view: (row: Row) => View,
): Promise<Page<View>> {
  const after = cursor === undefined ? null : openPosition(cursors, cursor, context)
  const rows = await read({ after, limit: limit + 1 })
  const data = rows.slice(0, limit)
  const last = rows.length > limit ? data.at(-1) : undefined
  return {
    data: data.map(view),
    nextCursor: last === undefined ? null : sealPosition(cursors, positionOf(last), context),
  }
}

export function sealPosition(
  cursors: CursorSigner,
  { key, id }: Position,
  context: readonly unknown[],
): string {
  return cursors.seal(JSON.stringify([key, id]), contextText(context))
}

/** @throws invalid_cursor */
export function openPosition(cursors: CursorSigner, cursor: string, context: readonly unknown[]): Position {
  const payload = cursors.open(cursor, contextText(context))
  if (payload === null) throw new DomainError('invalid_cursor', {})
  const [key, id] = JSON.parse(payload)
  return { key, id }
}

function contextText(context: readonly unknown[]): string {
  return JSON.stringify(context, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
}
