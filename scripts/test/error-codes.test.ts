import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { meanings } from '../../packages/http/src/problem/problem-code.ts'
import { errorCodesPage } from '../write-error-codes.ts'

test('docs/errors.md is what scripts/write-error-codes.ts writes', () => {
  expect(readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')).toBe(errorCodesPage())
})

test('every code stands in the table with its status', () => {
  const page = errorCodesPage()
  for (const [code, { status }] of Object.entries(meanings)) {
    expect(page).toContain(`| ${status} | \`${code}\` |`)
  }
})
