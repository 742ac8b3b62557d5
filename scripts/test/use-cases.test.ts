import { expect, test } from 'vitest'
import { readmeWithUseCases } from '../write-use-cases.ts'

test('the README of @daftari/application names every use case, as scripts/write-use-cases.ts writes them', () => {
  const { is, shouldBe } = readmeWithUseCases()
  expect(is).toBe(shouldBe)
  expect(shouldBe).toContain('| `books.invoices` | `create`')
})
