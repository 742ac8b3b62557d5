import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, parseInstant } from './instant.ts'
import { isTimeZone, localDateAt, type TimeZone } from './time-zone.ts'

function zone(name: string): TimeZone {
  if (!isTimeZone(name)) throw new Error(`${name} is not a time zone`)
  return name
}

describe('the date in a time zone', () => {
  it.each([
    ['F71: Dar es Salaam before midnight', 'Africa/Dar_es_Salaam', '2026-12-31T20:59:59.999Z', '2026-12-31'],
    ['F71: Dar es Salaam at midnight', 'Africa/Dar_es_Salaam', '2026-12-31T21:00:00.000Z', '2027-01-01'],
    ['Kiritimati before midnight', 'Pacific/Kiritimati', '2026-06-30T09:59:59.999Z', '2026-06-30'],
    [
      'Kiritimati at midnight, 14 hours ahead',
      'Pacific/Kiritimati',
      '2026-06-30T10:00:00.000Z',
      '2026-07-01',
    ],
    ["St John's before midnight in winter", 'America/St_Johns', '2026-01-15T03:29:59.999Z', '2026-01-14'],
    ["St John's at midnight in winter", 'America/St_Johns', '2026-01-15T03:30:00.000Z', '2026-01-15'],
    ["St John's before midnight in summer", 'America/St_Johns', '2026-07-15T02:29:59.999Z', '2026-07-14'],
    ["St John's at midnight in summer", 'America/St_Johns', '2026-07-15T02:30:00.000Z', '2026-07-15'],
    [
      'F71: Brussels, the day of 23 hours begins',
      'Europe/Brussels',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29',
    ],
    ['F71: Brussels, the day of 23 hours ends', 'Europe/Brussels', '2026-03-29T21:59:59.999Z', '2026-03-29'],
    ['F71: Brussels, the day after it begins', 'Europe/Brussels', '2026-03-29T22:00:00.000Z', '2026-03-30'],
    [
      'F71: Brussels, the day of 25 hours begins',
      'Europe/Brussels',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25',
    ],
    ['F71: Brussels, the day of 25 hours ends', 'Europe/Brussels', '2026-10-25T22:59:59.999Z', '2026-10-25'],
    ['F71: Brussels, the day after it begins', 'Europe/Brussels', '2026-10-25T23:00:00.000Z', '2026-10-26'],
    ["St John's just before clocks go back", 'America/St_Johns', '2006-10-29T02:30:59.999Z', '2006-10-29'],
    [
      "St John's, the date going back with the clock",
      'America/St_Johns',
      '2006-10-29T02:31:00.000Z',
      '2006-10-28',
    ],
    ['UTC at the first moment', 'UTC', '1970-01-01T00:00:00.000Z', '1970-01-01'],
    ['UTC at the last moment', 'UTC', '2100-12-31T23:59:59.999Z', '2100-12-31'],
  ])('%s', (_, name, moment, expected) => {
    expect(localDateAt(parseInstant(moment) ?? instant(0), zone(name))).toBe(expected)
  })

  it('is the UTC date three hours later in Dar es Salaam', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (epochMs) => {
        const expected = new Date(epochMs + 3 * 3_600_000).toISOString().slice(0, 10)
        expect(localDateAt(instant(epochMs), zone('Africa/Dar_es_Salaam'))).toBe(expected)
      }),
      { numRuns: 1_000 },
    )
  })

  it('changes within one millisecond, forwards and back, whatever was asked before', () => {
    const midnight = parseInstant('2026-12-31T21:00:00.000Z') ?? 0
    const moments = [0, -1, 999, 0, -1000, 1].map((ms) => instant(midnight + ms))
    const dates = moments.map((moment) => localDateAt(moment, zone('Africa/Dar_es_Salaam')))
    const [old, next] = ['2026-12-31', '2027-01-01']
    expect(dates).toEqual([next, old, next, next, old, next])
  })

  it('is remembered for no other time zone', () => {
    const moment = instant(Date.UTC(2026, 11, 31, 22))
    const names = ['UTC', 'Africa/Dar_es_Salaam', 'UTC', 'Pacific/Kiritimati']
    const dates = names.map((name) => localDateAt(moment, zone(name)))
    expect(dates).toEqual(['2026-12-31', '2027-01-01', '2026-12-31', '2027-01-01'])
  })

  it('refuses moments outside 1970 to 2100 there', () => {
    const outside = new RangeError('The moment lies outside 1970 to 2100 there')
    expect(() => localDateAt(instant(0), zone('America/New_York'))).toThrow(outside)
    expect(() => localDateAt(instant(4_133_980_799_999), zone('Pacific/Kiritimati'))).toThrow(outside)
    expect(() => localDateAt(instant(-62_000_000_000_000), zone('UTC'))).toThrow(outside)
  })
})

describe('a time zone', () => {
  it.each(['Africa/Dar_es_Salaam', 'africa/dar_es_salaam', 'Europe/Brussels', 'UTC', 'Etc/GMT+3'])(
    'is %s',
    (name) => {
      expect(isTimeZone(name)).toBe(true)
    },
  )

  it.each([
    '',
    '+03:00',
    '-03:30',
    'Mars/Olympus',
    'Africa/Dar es Salaam',
    ' UTC',
    '../etc/passwd',
    '3',
    'UTC\u0000',
  ])('is not %j', (name) => expect(isTimeZone(name)).toBe(false))

  it('is looked up once under any spelling, until a hundred others have been', () => {
    const Original = Intl.DateTimeFormat
    const made: unknown[] = []
    Intl.DateTimeFormat = class extends Original {
      constructor(...args: ConstructorParameters<typeof Original>) {
        super(...args)
        made.push(args)
      }
    } as typeof Original
    try {
      const madeFor = (name: string): number => {
        const before = made.length
        isTimeZone(name)
        return made.length - before
      }
      const others = Intl.supportedValuesOf('timeZone').filter((name) => name.startsWith('America/'))
      for (const name of others.slice(0, 101)) madeFor(name)
      madeFor('Asia/Tokyo')
      expect([madeFor('Asia/Tokyo'), madeFor('ASIA/tokyo')]).toEqual([0, 0])
      const firstSeen = others.slice(0, 101).map(madeFor)
      expect(firstSeen).toContain(1)
      expect(madeFor(others[100] ?? '')).toBe(0)
    } finally {
      Intl.DateTimeFormat = Original
    }
  })

  it('is right for every zone there is, more of them than are remembered', () => {
    const noon = instant(1_795_262_400_000)
    const zones = Intl.supportedValuesOf('timeZone')
    expect(zones.length).toBeGreaterThan(300)
    for (const name of [...zones, ...zones.slice(0, 50)]) {
      const expected = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short' }).format(noon)
      expect(localDateAt(noon, zone(name))).toBe(expected)
    }
  })
})
