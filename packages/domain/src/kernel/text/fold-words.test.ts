import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldWords } from './fold-words.ts'

it.each([
  ['Bus fare to Moshi, 2 people', ['bus', 'fare', 'to', 'moshi', '2', 'people']],
  ['Bus BUS ｂｕｓ', ['bus']],
  ["Ng'ombe", ['ng', 'ombe']],
  ['INV-2026/0017', ['inv', '2026', '0017']],
  ['tra\u200bvel', ['travel']],
  ['Cafe\u0301', ['café']],
  ['हिन्दी', ['हिन्दी']],
  ['ΟΔΟΣ', ['οδοσ']],
  ['🍔 — !', []],
  ['', []],
])('the words of %j are %j', (text, words) => expect(foldWords(text)).toEqual(words))

it('lets a word be found by its own beginning, final sigma or not', () => {
  expect(foldWords('ΟΔΟΣΤΡΩΜΑ')[0]?.startsWith(foldWords('οδος')[0] ?? '?')).toBe(true)
})

it('finds the same words again in its own words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const words = foldWords(text)
      expect(foldWords(words.join(' '))).toEqual(words)
      expect(words).not.toContain('')
    }),
    { numRuns: 500 },
  )
})
