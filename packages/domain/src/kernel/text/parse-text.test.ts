import { describe, expect, it } from 'vitest'
import { parseText } from './parse-text.ts'

describe('a text', () => {
  it.each([
    ['', ''],
    ['  Two lines,\r\n\tdeep ', '  Two lines,\r\n\tdeep '],
    ['Cafe\u0301', 'Café'],
    ['\u202bعربي\u202c', '\u202bعربي\u202c'],
    ['x'.repeat(20), 'x'.repeat(20)],
    ['😀'.repeat(20), '😀'.repeat(20)],
    ['e\u0301'.repeat(20), 'é'.repeat(20)],
    ['\u{16126}'.normalize('NFD').repeat(20), '\u{16126}'.repeat(20)],
  ])('may be %j', (given, text) => expect(parseText(given, 20)).toEqual({ ok: true, text }))

  it.each([
    ['x'.repeat(21), 'too_long', 'is longer than 20 characters'],
    ['😀'.repeat(21), 'too_long', 'is longer than 20 characters'],
    ['x'.repeat(100_000), 'too_long', 'is longer than 20 characters'],
    ['\u0000', 'control_character', 'contains a control character'],
    ['a\u0008', 'control_character', 'contains a control character'],
    ['a\u000b', 'control_character', 'contains a control character'],
    ['a\u000c', 'control_character', 'contains a control character'],
    ['a\u001b[31m', 'control_character', 'contains a control character'],
    ['\u007f', 'control_character', 'contains a control character'],
    ['\u0085', 'control_character', 'contains a control character'],
    ['\ud83d', 'lone_surrogate', 'contains a lone surrogate (half of a UTF-16 pair)'],
    ['\ude00x', 'lone_surrogate', 'contains a lone surrogate (half of a UTF-16 pair)'],
  ])('F70: may not be %j (%s)', (given, fault, detail) => {
    expect(parseText(given, 20)).toEqual({ ok: false, fault, detail })
  })

  it('takes its limit from the caller', () => {
    expect(parseText('', 0).ok).toBe(true)
    expect(parseText('x', 0).ok).toBe(false)
    expect(parseText('x'.repeat(500), 500).ok).toBe(true)
    expect(parseText('x'.repeat(501), 500).ok).toBe(false)
  })
})
