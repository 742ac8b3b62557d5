import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldName } from './fold-name.ts'
import { parseName } from './parse-name.ts'

describe('a name', () => {
  it.each([
    ['Travel', 'Travel'],
    ['  Bus fare\u00a0', 'Bus fare'],
    ['Cafe\u0301', 'Café'],
    ["Ng'ombe & maziwa (2026)", "Ng'ombe & maziwa (2026)"],
    ['Tra\u200bvel', 'Tra\u200bvel'],
    ['Москва', 'Москва'],
    ['Οδός', 'Οδός'],
    ['Bus Москва Οδός', 'Bus Москва Οδός'],
    ['Wi-Fi', 'Wi-Fi'],
    ['食品', '食品'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['🍔', '🍔'],
    ['1', '1'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['😀'.repeat(100), '😀'.repeat(100)],
    [` ${'e\u0301'.repeat(100)} `, 'é'.repeat(100)],
    [`x${'\u{16126}'.normalize('NFD').repeat(99)}`, `x${'\u{16126}'.repeat(99)}`],
  ])('may be %j', (given, text) => expect(parseName(given)).toEqual({ ok: true, text }))

  it.each([
    ['', 'empty', 'must not be empty'],
    [' \u00a0\t\n\ufeff', 'empty', 'must not be empty'],
    ['x'.repeat(101), 'too_long', 'is longer than 100 characters'],
    ['😀'.repeat(101), 'too_long', 'is longer than 100 characters'],
    ['x'.repeat(100_000), 'too_long', 'is longer than 100 characters'],
    ['a\u0000b', 'control_character', 'contains a control character'],
    ['a\nb', 'control_character', 'contains a control character'],
    ['a\tb', 'control_character', 'contains a control character'],
    ['a\u007fb', 'control_character', 'contains a control character'],
    ['a\u0085b', 'control_character', 'contains a control character'],
    ['a\u2028b', 'control_character', 'contains a control character'],
    ['a\u2029b', 'control_character', 'contains a control character'],
    ['\ud800', 'lone_surrogate', 'contains a lone surrogate (half of a UTF-16 pair)'],
    ['a\udc00b', 'lone_surrogate', 'contains a lone surrogate (half of a UTF-16 pair)'],
    ['\u202elevarT', 'bidi_control', 'contains a character that changes the direction of writing'],
    ['a\u2066b', 'bidi_control', 'contains a character that changes the direction of writing'],
    ['a\u200fb', 'bidi_control', 'contains a character that changes the direction of writing'],
    ['\u0301\u0300', 'invisible', 'contains nothing that can be seen'],
    ['\u200b', 'invisible', 'contains nothing that can be seen'],
    ['\u3164', 'invisible', 'contains nothing that can be seen'],
    ['\u2800', 'invisible', 'contains nothing that can be seen'],
    ['\ue000', 'invisible', 'contains nothing that can be seen'],
    ['\u200b \u0301', 'invisible', 'contains nothing that can be seen'],
    ['Тravel', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['Bus Тravel', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['Τravel', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['Μоskva', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['ΜоΣ', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['Т\u200bravel', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['Т\u0301r', 'mixed_script', 'mixes letters of several scripts in one word'],
    ['Т1r', 'mixed_script', 'mixes letters of several scripts in one word'],
  ])('F69, F70: may not be %j (%s)', (given, fault, detail) => {
    expect(parseName(given)).toEqual({ ok: false, fault, detail })
  })

  it('F69: fits in 400 bytes when accepted, parses to itself, and folds to something', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 110 }), (given) => {
        const parsed = parseName(given)
        if (!parsed.ok) return
        expect(encodeURIComponent(parsed.text).replace(/%../g, 'x').length).toBeLessThanOrEqual(400)
        expect(parseName(parsed.text)).toEqual(parsed)
        expect(foldName(parsed.text)).not.toBe('')
      }),
      { numRuns: 500 },
    )
  })
})
