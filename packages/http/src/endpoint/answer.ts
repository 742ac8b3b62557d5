import { Readable } from 'node:stream'
import { isReplay } from '@daftari/application'
import { entityTag } from './entity-tag.ts'

/** A response. The same view gives the same bytes, so that a replayed response equals the first one. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Readable | null
}

export interface VersionedView {
  readonly version: number
}

const JSON_TYPE = 'application/json; charset=utf-8'

interface Showing {
  readonly status?: number
  /** The object that the use case returned, when `view` was made from it. It tells whether the answer is a replay. */
  readonly from?: object
}

/** An answer with any view. */
export function shown(view: object, { status = 200, from = view }: Showing = {}): Answer {
  const headers = { 'content-type': JSON_TYPE, ...replay(from) }
  return { status, headers, body: JSON.stringify(view) }
}

/** An answer with a single record and its ETag. */
export function record(view: VersionedView): Answer {
  return withHeaders(shown(view), { etag: entityTag(view.version) })
}

/** An answer with a new record, whose address is `collection/id`. */
export function created(view: VersionedView & { readonly id: string }, collection: string): Answer {
  const headers = { etag: entityTag(view.version), location: `${collection}/${view.id}` }
  return withHeaders(shown(view, { status: 201 }), headers)
}

/** An answer with a new record without a version, whose address is `collection/id`. */
export function stored(view: { readonly id: string }, collection: string): Answer {
  return withHeaders(shown(view, { status: 201 }), { location: `${collection}/${view.id}` })
}

export function gone(): Answer {
  return { status: 204, headers: {}, body: null }
}

export function csvFile(pieces: AsyncIterable<string>, fileName: string): Answer {
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
  }
  return { status: 200, headers, body: Readable.from(pieces) }
}

function replay(from: object): Record<string, string> {
  return isReplay(from) ? { 'idempotency-replayed': 'true' } : {}
}

function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
