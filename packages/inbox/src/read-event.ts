import { inboxError } from './inbox-error.ts'

/** An event of Daftari: a CloudEvent with its record, its version and who changed it. */
export interface BooksEvent<Value = unknown> {
  readonly id: string
  /** Whose books: `/owners/` and the owner's id. */
  readonly source: string
  readonly type: string
  /** The id of the record. */
  readonly subject: string
  readonly time: string
  readonly aggregatetype: string
  /** One more with each event of the record. */
  readonly aggregateversion: number
  readonly actor: string
  readonly data: { readonly before: Value | null; readonly after: Value | null }
}

/**
 * Reads a body that was verified. The id is the one of the verified header, which the event has to have as well.
 * @throws event_invalid
 */
export function readEvent(body: Uint8Array, id: string): BooksEvent {
  const event = parsed(body)
  if (!isEvent(event)) throw inboxError('event_invalid', 'The body is not an event.')
  if (event.id !== id) throw inboxError('event_invalid', 'The event has another id than its message.')
  return event
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw inboxError('event_invalid', 'The body is not JSON in UTF-8.')
  }
}

const TEXTS = ['id', 'source', 'type', 'subject', 'time', 'aggregatetype', 'actor']

function isEvent(value: unknown): value is BooksEvent {
  if (!isRecord(value) || value.specversion !== '1.0') return false
  const hasTexts = TEXTS.every((name) => typeof value[name] === 'string')
  const version = value.aggregateversion
  return hasTexts && Number.isSafeInteger(version) && Number(version) > 0 && isRecord(value.data)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
