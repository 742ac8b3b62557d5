import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../kernel/calendar/instant.ts'
import { fileKey, parseFileKey } from './file-key.ts'
import type { AttachmentId } from './ids.ts'

const owner = '019373c2-7a00-7000-8000-000000000001'
const attachment = '019ab3d5-7c00-7000-8000-0000000000a1' as AttachmentId
const key = `${owner}/2025/11/${attachment}`

describe('the key of a file', () => {
  test('is owner, year, month and attachment', () => {
    expect(fileKey(owner, attachment)).toBe(key)
  })

  test.each([
    ['the last millisecond of a month', '2025-11-30T23:59:59.999Z', '2025/11'],
    ['the first millisecond of the next, in UTC', '2025-12-01T00:00:00.000Z', '2025/12'],
    ['a leap day', '2028-02-29T12:00:00.000Z', '2028/02'],
  ])('has the month of %s', (_, moment, month) => {
    expect(fileKey(owner, madeAt(Date.parse(moment)))).toContain(`/${month}/`)
  })

  test('says whose file it is and when its id was made', () => {
    expect(parseFileKey(key)).toEqual({
      ownerId: owner,
      attachmentId: attachment,
      madeAt: Date.parse('2025-11-24T03:08:23.936Z'),
    })
  })

  test('is read again for every moment', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 253_402_300_799_999 }), (ownerId, epochMs) => {
        const place = parseFileKey(fileKey(ownerId, madeAt(epochMs)))
        expect(place).toMatchObject({ ownerId, madeAt: epochMs })
      }),
    )
  })

  test('sorts within an owner as the ids do', () => {
    const moment = fc.integer({ min: 0, max: 253_402_300_799_999 })
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        const [first, second] = [madeAt(Math.min(one, other)), madeAt(Math.max(one, other))]
        expect(fileKey(owner, first) <= fileKey(owner, second)).toBe(true)
      }),
    )
  })
})

describe('F59: no other text is a key', () => {
  test.each([
    ['an owner that climbs', '../../etc/passwd', attachment],
    ['an empty owner', '', attachment],
    ['an attachment that climbs', owner, '../passwd'],
    ['an attachment with NUL', owner, `${attachment}\0`],
    ['an attachment of another version', owner, '9b2f3c1e-7a00-4000-8000-0000000000a1'],
    ['an attachment in upper case', owner, attachment.toUpperCase()],
    ['an attachment made after the year 9999', owner, 'ffffffff-ffff-7000-8000-000000000000'],
  ])('refuses %s', (_, ownerId, attachmentId) => {
    expect(() => fileKey(ownerId, attachmentId as AttachmentId)).toThrow(RangeError)
  })

  test.each([
    '',
    '/',
    '.daftari-store',
    `/${key}`,
    `${key}/`,
    `${key}.meta`,
    `${key}\n`,
    key.replace('/11/', '/10/'),
    key.replace('/11/', '/11//'),
    key.replace('/11/', '/../2025/11/'),
    key.replaceAll('/', '\\'),
    key.replaceAll('/', '%2f'),
    key.toUpperCase(),
    `${owner}/2025/11/CON`,
    `${owner}/2025/11/..`,
    `${owner}/2025/11`,
  ])('reads %j as none', (text) => {
    expect(parseFileKey(text)).toBeNull()
  })
})

/** A UUIDv7 of this moment. */
function madeAt(epochMs: number): AttachmentId {
  const digits = instant(epochMs).toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000` as AttachmentId
}
