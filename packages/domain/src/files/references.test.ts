import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../test/refusal-of.ts'
import { instant } from '../kernel/calendar/instant.ts'
import type { AttachmentId } from './ids.ts'
import { type Attachment, isSameList, requireAttachments } from './references.ts'

const now = instant(1_000)
const ids = (...texts: string[]): AttachmentId[] => texts as AttachmentId[]

function file(id: string, given: Partial<Attachment> = {}): Attachment {
  return {
    id: id as AttachmentId,
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 5,
    sha256: '0'.repeat(64),
    state: 'staged',
    expiresAt: instant(1_001),
    storeId: 'a store',
    createdAt: now,
    createdBy: 'amina',
    updatedAt: now,
    ...given,
  }
}

describe('the files that a record names', () => {
  test.each([
    ['none', ids(), []],
    ['staged ones until they expire', ids('a'), [file('a')]],
    ['linked ones for ever', ids('a'), [file('a', { state: 'linked', expiresAt: null })]],
    ['some of several', ids('b', 'a'), [file('a'), file('b'), file('c')]],
  ])('may be %s', (_, named, existing) => {
    expect(() => requireAttachments(named, existing, now)).not.toThrow()
  })

  test.each([
    ['absent', ids('a'), []],
    ['another', ids('a'), [file('b')]],
    ['expired at this moment', ids('a'), [file('a', { expiresAt: now })]],
    ['expired before', ids('a'), [file('a', { expiresAt: instant(999) })]],
    ['expired, behind one that is there', ids('b', 'a'), [file('b'), file('a', { expiresAt: now })]],
  ])('may not be %s', (_, named, existing) => {
    expect(refusalOf(() => requireAttachments(named, existing, now))).toEqual({
      code: 'attachment_not_found',
      details: { attachmentId: 'a' },
    })
  })

  test('refuses about the first that is missing', () => {
    expect(refusalOf(() => requireAttachments(ids('a', 'b', 'c'), [file('a')], now)).details).toEqual({
      attachmentId: 'b',
    })
  })
})

test.each([
  [ids(), ids(), true],
  [ids('a', 'b'), ids('a', 'b'), true],
  [ids('a', 'b'), ids('b', 'a'), false],
  [ids('a'), ids('a', 'b'), false],
  [ids('a', 'b'), ids('a'), false],
  [ids('a'), ids('b'), false],
])('%j and %j are the same list: %s', (one, other, same) => {
  expect(isSameList(one, other)).toBe(same)
})
