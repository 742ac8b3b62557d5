import { expect, test } from 'vitest'
import { queryOf } from '../src/endpoint/query-string.ts'

test.each([
  ['true', true],
  ['false', false],
  ['1', '1'],
  ['TRUE', 'TRUE'],
])('a parameter that an endpoint declares as a flag is read from %s', (text, value) => {
  expect(queryOf(`/x?late=${text}`, { flags: ['late'] })).toEqual({ late: value })
})

test('no parameter is a flag or a list of itself', () => {
  expect(queryOf('/x?late=true&kinds=a,b&limit=5', {})).toEqual({ late: 'true', kinds: 'a,b', limit: 5 })
  expect(queryOf('/x?late=true&kinds=a,b', { lists: ['kinds'] })).toEqual({ late: 'true', kinds: ['a', 'b'] })
})
