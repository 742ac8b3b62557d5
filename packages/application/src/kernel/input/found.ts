import { DomainError, isUuid } from '@daftari/domain'

/** Reads an id from outside. A text that is not a UUID names no record. @throws not_found */
export function idOf<Id extends string>(kind: string, text: unknown): Id {
  if (typeof text === 'string' && isUuid(text)) return text as Id
  throw new DomainError('not_found', { kind, id: String(text).slice(0, 64) })
}

/** @throws not_found */
export function found<Value>(kind: string, id: string, value: Value | null): Value {
  if (value === null) throw new DomainError('not_found', { kind, id })
  return value
}
