import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUuid } from './id.ts'

const uuid = '01890000-0000-7000-8abc-0123456789de'

test('takes any UUID in lower case for an id', () => {
  expect(isUuid(uuid)).toBe(true)
  fc.assert(fc.property(fc.uuid(), (id) => isUuid(id)))
})

test.each([
  ['upper case', uuid.toUpperCase()],
  ['one letter in upper case', '01890000-0000-7000-8Abc-0123456789de'],
  ['braces', `{${uuid}}`],
  ['no dashes', uuid.replaceAll('-', '')],
  ['a dash elsewhere', '0189000-00000-7000-8abc-0123456789de'],
  ['a character more in front', `0${uuid}`],
  ['a character more behind', `${uuid}0`],
  ['a line break behind', `${uuid}\n`],
  ['white space in front', ` ${uuid}`],
  ['a letter that is no digit', '0189000g-0000-7000-8abc-0123456789de'],
  ['the first group cut', uuid.slice(1)],
  ['the last group cut', uuid.slice(0, -1)],
  ['nothing', ''],
])('takes no other spelling: %s', (_, text) => {
  expect(isUuid(text)).toBe(false)
})

test.each([0, 9, 14, 19, 24])('wants every group: the character at %d may not go', (position) => {
  expect(isUuid(uuid.slice(0, position) + uuid.slice(position + 1))).toBe(false)
})
