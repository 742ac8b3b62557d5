import { expect, test } from 'vitest'
import { blocksOf, read } from './document.ts'
import { printedBy, promisedBy } from './run-typescript.ts'

const readme = read('packages/application/README.md')

test('the README of the library prints what its comments say, read as one program', () => {
  const program = blocksOf(readme, 'ts').join('')
  const promised = [...program.matchAll(/^\s*.*console\.log\(.*\) \/\/ (.*)$/gm)].map(([, line]) => line)
  const calls = [...program.matchAll(/console\.log\(/g)]

  expect(promised).toHaveLength(calls.length - 1)
  // One line comes from the loop over pages, which says nothing of what it prints.
  expect(printedBy(program).split('\n')).toEqual([promised[0], '2025-11-21 12500.00', ...promised.slice(1)])
})

test.each(['adapters-webhook', 'inbox'])('the README of %s prints what its comment says', (name) => {
  const [example = ''] = blocksOf(read(`packages/${name}/README.md`), 'ts')
  expect(promisedBy(example)).not.toBe('')
  expect(printedBy(example)).toBe(promisedBy(example))
})
