import type { ByteRange } from '@daftari/application'

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/**
 * The part of the file that a `Range` header asks for; `null` for the whole. What cannot be used is passed over, as HTTP
 * allows: several ranges, another unit, and what begins behind the end.
 */
export function rangeOf(header: string | undefined, sizeBytes: number): ByteRange | null {
  const [, first = '', last = ''] = ONE_RANGE.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  const offset = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes)
  return offset < end ? { offset, length: end - offset } : null
}
