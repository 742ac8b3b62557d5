import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant, instant, parseInstant } from './instant.ts'

const EARLIEST = -62_167_219_200_000
const LATEST = 253_402_300_799_999

describe('an instant', () => {
  it.each([Number.NaN, 0.5, Number.POSITIVE_INFINITY, EARLIEST - 1, LATEST + 1])('is not %d', (epochMs) => {
    expect(() => instant(epochMs)).toThrow(new RangeError(`${epochMs} is not an instant`))
  })

  it('is written as the platform writes it, and read back, from year 0000 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: EARLIEST, max: LATEST }), (epochMs) => {
        const text = formatInstant(instant(epochMs))
        expect(text).toBe(new Date(epochMs).toISOString())
        expect(parseInstant(text)).toBe(epochMs)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [EARLIEST, '0000-01-01T00:00:00.000Z'],
    [LATEST, '9999-12-31T23:59:59.999Z'],
    [Date.UTC(2026, 10, 21, 9), '2026-11-21T09:00:00.000Z'],
  ])('%d is %s', (epochMs, text) => {
    expect(formatInstant(instant(epochMs))).toBe(text)
    expect(parseInstant(text)).toBe(epochMs)
  })
})

describe('reading an instant', () => {
  it.each([
    ['2026-11-21T09:00:00Z', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21t09:00:00z', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T09:00:00.5Z', '2026-11-21T09:00:00.500Z'],
    ['2026-11-21T09:00:00.05Z', '2026-11-21T09:00:00.050Z'],
    ['2026-11-21T09:00:00.123999999Z', '2026-11-21T09:00:00.123Z'],
    ['2026-11-21T12:00:00+03:00', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T05:30:00-03:30', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T09:00:00-00:00', '2026-11-21T09:00:00.000Z'],
    ['2026-11-22T08:59:00+23:59', '2026-11-21T09:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2026-12-31T23:59:59.999Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('takes %s for %s', (text, utc) => {
    const parsed = parseInstant(text)
    expect(parsed === null ? null : formatInstant(parsed)).toBe(utc)
  })

  it.each([
    ...[
      '2026-11-21',
      '2026-11-21T09:00:00',
      '2026-11-21T09:00Z',
      '2026-11-21 09:00:00Z',
      '2026-02-29T00:00:00Z',
    ],
    ...['2026-00-21T09:00:00Z', '2026-13-21T09:00:00Z', '2026-11-00T09:00:00Z', '2026-11-31T09:00:00Z'],
    ...['2026-11-21T24:00:00Z', '2026-11-21T09:60:00Z', '2026-11-21T09:00:60Z', '2026-11-21T09:00:00.Z'],
    ...['2026-11-21T09:00:00.1234567890Z', '2026-11-21T09:00:00+24:00', '2026-11-21T09:00:00+03:60'],
    ...[
      '2026-11-21T09:00:00+0300',
      '2026-11-21T09:00:00+03',
      ' 2026-11-21T09:00:00Z',
      '2026-11-21T09:00:00Z ',
      '',
    ],
    ...[
      '0000-01-01T00:00:00+00:01',
      '9999-12-31T23:59:59-00:01',
      '+2026-11-21T09:00:00Z',
      '2026-11-21T09:00:00ZZ',
    ],
  ])('refuses %j', (text) => expect(parseInstant(text)).toBeNull())
})
