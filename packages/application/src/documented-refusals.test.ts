import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RefusalCases } from '../test/refusals/refusal-case.ts'
import { exportsOf } from '../test/support/exports-of.ts'
import { startedBooks } from '../test/support/open-books.ts'
import { refusalOf } from '../test/support/refusal-of.ts'
import { wholeState } from '../test/support/whole-state.ts'

const folder = new URL('../test/refusals/', import.meta.url)
const cases: RefusalCases = Object.assign({}, ...(await exportsOf<RefusalCases>(folder, '-refusals.ts')))

describe.each(Object.entries(cases))('%s', (file, refusals) => {
  test('documents exactly the refusals that are tried here', () => {
    expect(documented(file)).toEqual(Object.keys(refusals).sort())
  })

  test.each(Object.entries(refusals))('refuses with %s, and changes nothing', async (code, refused) => {
    const started = await startedBooks()
    const { given, act } = typeof refused === 'function' ? { given: null, act: refused } : refused
    await given?.(started)
    const before = await wholeState(started)
    expect((await refusalOf(act(started))).code).toBe(code)
    expect(await wholeState(started)).toEqual(before)
  })
})

test('every use case that documents a refusal has its cases here', () => {
  const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => source(file).includes('return async function') && documented(file).length > 0)
    .filter((file) => !file.startsWith('delivery/'))
  expect(files.sort()).toEqual(Object.keys(cases).sort())
})

function source(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

function documented(file: string): string[] {
  const [, comment = ''] =
    /@throws (.*?)\*\//s.exec(source(file).split('\nexport function').at(0) ?? '') ?? []
  return (comment.match(/[a-z]+(?:_[a-z]+)+/g) ?? []).sort()
}
