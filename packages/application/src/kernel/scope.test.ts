import { expect, test } from 'vitest'
import { openBooks } from '../../test/support/open-books.ts'
import type { Scope } from './scope.ts'

test.each<[string, object]>([
  ['scope.ownerId must be a UUID in lower case', { ownerId: 'amina' }],
  ['scope.ownerId must be a UUID in lower case', { ownerId: '01890000-0000-7000-8000-00000000000A' }],
  ['scope.actorId must not be empty', { actorId: '' }],
  ['scope.actorId must not be empty', { actorId: undefined }],
  ['scope.idempotencyKey has 1 to 255 characters', { idempotencyKey: '' }],
  ['scope.idempotencyKey has 1 to 255 characters', { idempotencyKey: 'k'.repeat(256) }],
])('a scope that its driver built wrong is a defect, not a refusal: %s', async (message, wrong) => {
  const { books, scope } = openBooks()
  const faulty = { ...scope, ...wrong } as Scope
  await expect(books.categories.list(faulty)).rejects.toThrow(new TypeError(message))
  await expect(books.categories.create(faulty, { name: 'Usafiri' })).rejects.toThrow(new TypeError(message))
})

test.each(['k', 'k'.repeat(255)])('a key may have 1 to 255 characters: %s', async (idempotencyKey) => {
  const { books, scope } = openBooks()
  const category = await books.categories.create({ ...scope, idempotencyKey }, { name: 'Usafiri' })
  expect(category.version).toBe(1)
})
