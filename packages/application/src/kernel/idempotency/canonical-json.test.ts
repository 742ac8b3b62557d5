import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('the order of fields does not matter, at any depth', () => {
  const one = { amount: { currency: 'TZS', amount: '1' }, items: [{ b: 1, a: 2 }] }
  const other = { items: [{ a: 2, b: 1 }], amount: { amount: '1', currency: 'TZS' } }
  expect(canonicalJson(one)).toBe(canonicalJson(other))
})

test.each<[string, unknown, unknown]>([
  ['the order of a list', [1, 2], [2, 1]],
  ['a number and its text', { a: 1 }, { a: '1' }],
  ['null and nothing', { a: null }, {}],
  ['a field deeper down', { a: { b: 1 } }, { a: 1, b: 1 }],
  ['big integers', { a: 1n }, { a: 2n }],
  ['two texts and one', ['a', 'b'], ['a,b']],
])('inputs that differ are told apart: %s', (_, one, other) => {
  expect(canonicalJson(one)).not.toBe(canonicalJson(other))
})

test('a field that is undefined is one that is not there', () => {
  expect(canonicalJson({ a: 1, b: undefined })).toBe(canonicalJson({ a: 1 }))
})

test('any JSON reads back as it was, and shuffled gives the same text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      expect(canonicalJson(reversed(value))).toBe(text)
    }),
  )
})

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(reversed)
  const entries = Object.entries(value).map(([key, entry]) => [key, reversed(entry)])
  return Object.fromEntries(entries.toReversed())
}
