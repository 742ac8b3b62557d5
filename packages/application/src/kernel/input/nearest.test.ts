import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each<[string, string[], string | null]>([
  ['amuntMin', ['amountMax', 'amountMin', 'limit'], 'amountMin'],
  ['LIMIT', ['from', 'limit'], 'limit'],
  ['form', ['to', 'from'], 'from'],
  ['', ['from', 'q'], 'q'],
  ['x', [], null],
  ['b', ['a', 'c'], 'a'],
])('nearest to %j of %j is %j', (text, candidates, expected) => {
  expect(nearest(text, candidates)).toBe(expected)
})

test('what is there itself is nearest', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }),
      fc.nat(),
      (words, pick) => {
        const word = words[pick % words.length] ?? ''
        expect(nearest(word, words)).toBe(word)
      },
    ),
  )
})

test('one letter more, less or other is nearer than anything further off', () => {
  const edits = fc.constantFrom('amountMi', 'amountMinn', 'amountMan', 'mountMin')
  fc.assert(
    fc.property(edits, fc.stringMatching(/^[x-z]{1,20}$/), (typo, other) => {
      expect(nearest(typo, [other, 'amountMin'])).toBe('amountMin')
    }),
  )
})
