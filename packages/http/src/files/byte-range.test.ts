import { describe, expect, test } from 'vitest'
import { rangeOf } from './byte-range.ts'

describe('of ten bytes, a range', () => {
  test.each([
    ['bytes=0-3', { offset: 0, length: 4 }],
    ['bytes=3-', { offset: 3, length: 7 }],
    ['bytes=-3', { offset: 7, length: 3 }],
    ['bytes=-30', { offset: 0, length: 10 }],
    ['bytes=8-99', { offset: 8, length: 2 }],
    ['bytes=0-', { offset: 0, length: 10 }],
    [undefined, null],
    ['', null],
    ['bytes=-', null],
    ['bytes=-0', null],
    ['bytes=10-', null],
    ['bytes=5-4', null],
    ['bytes=0-1,4-5', null],
    ['items=0-1', null],
    ['bytes=a-b', null],
    ['bytes=99999999999999999999-', null],
  ])('%s is %j', (header, range) => {
    expect(rangeOf(header, 10)).toEqual(range)
  })
})
