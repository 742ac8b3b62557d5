import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareText } from './compare-text.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 8 })

function codePoints(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0)
}

function byCodePoints(one: string, other: string): number {
  const [left, right] = [codePoints(one), codePoints(other)]
  const at = left.findIndex((codePoint, index) => codePoint !== right[index])
  if (at < 0) return left.length === right.length ? 0 : -1
  return at >= right.length ? 1 : Math.sign((left[at] ?? 0) - (right[at] ?? 0))
}

it.each([
  ['', '', 0],
  ['a', 'a', 0],
  ['', 'a', -1],
  ['a', '', 1],
  ['a', 'ab', -1],
  ['ab', 'a', 1],
  ['a', 'b', -1],
  ['b', 'a', 1],
  ['\ud7ff', '\u{10000}', -1],
  ['\uffff', '\u{10000}', -1],
  ['\u{10000}', '\ue000', 1],
  ['\u{10ffff}', '\uffff', 1],
  ['\u{10000}', '\u{10001}', -1],
  ['\u{103ff}', '\u{10400}', -1],
])('compares %j with %j: %d', (one, other, expected) => expect(compareText(one, other)).toBe(expected))

it('orders as the code points do', () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(compareText(one, other)).toBe(byCodePoints(one, other))
      expect(compareText(one, one)).toBe(0)
    }),
    { numRuns: 2_000 },
  )
})
