import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceFiles } from '../source-files.ts'

const root = join(import.meta.dirname, '../..')

/** What serves every feature, and so may name none. */
const generic =
  /^packages\/(?:http\/src\/(?:endpoint|problem|openapi)|(?:domain|application|adapters-postgres|adapters-memory)\/src\/kernel)\//

/** Released migrations never change. */
const excepted = /\/kernel\/migrations\/|\.test\.ts$/

/** Each line that names a feature, also inside a longer word. */
function featuresIn(text: string): string[] {
  return text.split('\n').filter((line) => /categor(?:y|ies)|expense|invoice|overdue/i.test(line))
}

test.each([
  "if (refusal.code === 'category_not_found') return",
  'import { InvoiceView } from "./invoice-shapes.ts"',
  '/** As for expenses. */',
  "if (name === 'overdue') return",
])('a feature is found in: %s', (line) => {
  expect(featuresIn(`const one = 1\n${line}\n`)).toEqual([line])
})

test('no generic file names a feature', () => {
  const files = sourceFiles(root).filter((file) => generic.test(file) && !excepted.test(file))
  expect(files).toEqual(
    expect.arrayContaining([
      'packages/application/src/kernel/bulk/bulk.ts',
      'packages/http/src/endpoint/query-string.ts',
      'packages/http/src/problem/problem.ts',
      'packages/adapters-postgres/src/kernel/unit-of-work/translate-refusal.ts',
    ]),
  )
  const named = files.flatMap((file) =>
    featuresIn(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
  )
  expect(named).toEqual([])
})
