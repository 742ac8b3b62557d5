import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)

test('CONTRIBUTING tells nobody to write a migration under a number that is taken', () => {
  const told = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8').match(/(?<=`)\d{4}(?=-)/g) ?? []
  const files = readdirSync(new URL('packages/adapters-postgres/src/', root), {
    recursive: true,
    encoding: 'utf8',
  })
  const taken = files.flatMap((file) => /(?<=migrations\/)\d{4}(?=-)/.exec(file) ?? [])
  expect(taken).toContain('0001')
  expect(told.filter((number) => taken.includes(number))).toEqual([])
})
