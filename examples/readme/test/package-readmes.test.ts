import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import { expect, test } from 'vitest'
import { blocksOf, read } from './document.ts'
import { printedBy } from './run-typescript.ts'

const readme = read('packages/application/README.md')

test('the README of the library prints what its comments say, read as one program', () => {
  const program = blocksOf(readme, 'ts').join('')
  const promised = [...program.matchAll(/^\s*.*console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
  const calls = [...program.matchAll(/console\.log\(/g)]

  expect(promised).toHaveLength(calls.length - 1)
  // One line comes from the loop over pages, which says nothing of what it prints.
  expect(printedBy(program).split('\n')).toEqual([promised[0], '2025-11-21 12500.00', ...promised.slice(1)])
})

test('the README of the library names every use case, and none that is not there', () => {
  const rows = [...readme.matchAll(/^\| `books\.(\w+)` +\| (.*) \|$/gm)]
  const named = rows.map(([, group, cell = '']) => [
    group,
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  ])
  const there = Object.entries(createBooks(createMemoryAdapters())).map(([group, useCases]) => [
    group,
    Object.keys(useCases),
  ])
  const withoutOptions = named.map(([group, names]) => [
    group,
    [...(names ?? [])].filter((name) => name !== 'mergeInto'),
  ])
  expect(Object.fromEntries(withoutOptions)).toEqual(Object.fromEntries(there))
})
