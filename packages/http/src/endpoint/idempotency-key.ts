import { WireRefusal } from '../problem/wire-refusal.ts'

const KEY = /^[\x21-\x7e]{1,255}$/

/** @throws invalid_header */
export function idempotencyKeyOf(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (typeof header === 'string' && KEY.test(header)) return header
  throw new WireRefusal('invalid_header', 'Idempotency-Key must have 1 to 255 visible ASCII characters.')
}
