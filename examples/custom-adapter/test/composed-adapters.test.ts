import { createBooks, isDomainError, type UnitOfWork } from '@daftari/application'
import { createMemoryAdapters, type MemoryAdapters } from '@daftari/testing'
import { expect, test, vi } from 'vitest'
import { withAuditedExpenses } from '../src/audited-expenses.ts'
import { withCachedCategories } from '../src/cached-categories.ts'
import { memoryAuditTrail } from '../src/memory-audit-trail.ts'

const ownerId = '019373c2-7a00-7000-8000-000000000001'
const scope = { ownerId, actorId: 'asha' }

/** Cached and audited, with a count of how often the adapters below were asked for a category. */
async function openBooks() {
  const trail = memoryAuditTrail()
  const memory: MemoryAdapters = createMemoryAdapters()
  const find = vi.spyOn(memory.queries.categories, 'find')
  const adapters = withCachedCategories(withAuditedExpenses(memory, trail))
  const books = createBooks(adapters)
  const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
  const input = { amount: { amount: '12500', currency: 'TZS' }, categoryId, expenseDate: '2025-11-21' }
  const wasSaved = async (id: string): Promise<boolean> =>
    (await adapters.queries.expenses.find(ownerId, id)) !== null
  return { trail, adapters, books, categoryId, input, find, wasSaved }
}

test('an expense that is created was saved and was audited', async () => {
  const { trail, books, input, wasSaved } = await openBooks()

  const { id } = await books.expenses.create(scope, input)

  expect(await wasSaved(id)).toBe(true)
  expect(trail.wasAudited(id, 'inserted')).toBe(true)
  expect(trail.lines).toEqual([{ what: 'inserted', recordId: id, ownerId, actorId: 'asha' }])
})

test('changes and deletions are audited in order', async () => {
  const { trail, books, input, wasSaved } = await openBooks()
  const { id: expenseId } = await books.expenses.create(scope, input)

  await books.expenses.update(scope, { expenseId, version: 1 }, { description: 'Boda boda' })
  await books.expenses.delete({ ...scope, actorId: 'juma' }, { expenseId, version: 2 })

  expect(await wasSaved(expenseId)).toBe(false)
  expect(trail.lines.map(({ what, actorId }) => [what, actorId])).toEqual([
    ['inserted', 'asha'],
    ['updated', 'asha'],
    ['deleted', 'juma'],
  ])
})

test('what was not stored was not audited', async () => {
  const { trail, adapters, books, input } = await openBooks()
  adapters.failNext('unavailable')

  await expect(books.expenses.create(scope, input)).rejects.toSatisfy(isDomainError)

  expect(trail.lines).toEqual([])
})

test('what a savepoint took back was not audited', async () => {
  const { trail, adapters, books, input, wasSaved } = await openBooks()
  const { id } = await books.expenses.create(scope, input)
  const stored = await adapters.queries.expenses.find(ownerId, id)
  if (stored === null) throw new Error('the expense is gone')

  await adapters.unitOfWork.transact({ ...scope, idempotency: null }, async (tx) => {
    await expect(
      tx.transact(async (nested) => {
        nested.expenses.delete(stored)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
  })

  expect(await wasSaved(id)).toBe(true)
  expect(trail.wasAudited(id, 'deleted')).toBe(false)
})

test('work that runs again after a conflict is audited once', async () => {
  const trail = memoryAuditTrail()
  const memory = createMemoryAdapters()
  const unitOfWork = runningTwice(memory.unitOfWork)
  const books = createBooks(withAuditedExpenses({ ...memory, unitOfWork }, trail))
  const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })

  const amount = { amount: '12500', currency: 'TZS' }
  const { id } = await books.expenses.create(scope, { amount, categoryId, expenseDate: '2025-11-21' })

  expect(trail.lines.map(({ recordId }) => recordId)).toEqual([id])
})

test('a category is fetched once until the books change, and then anew', async () => {
  const { books, categoryId, input, find } = await openBooks()

  await books.categories.get(scope, { categoryId })
  expect(await books.categories.get(scope, { categoryId })).toMatchObject({ expenseCount: 0 })
  expect(find).toHaveBeenCalledTimes(1)

  await books.expenses.create(scope, input)
  expect(await books.categories.get(scope, { categoryId })).toMatchObject({ expenseCount: 1 })
  expect(find).toHaveBeenCalledTimes(2)
})

test('a read that is overtaken by a change is not remembered', async () => {
  const { books, categoryId, input, find } = await openBooks()
  const late = Promise.withResolvers<null>()
  find.mockReturnValueOnce(late.promise)

  const overtaken = books.categories.get(scope, { categoryId })
  await books.expenses.create(scope, input)
  late.resolve(null)
  await expect(overtaken).rejects.toMatchObject({ code: 'not_found' })

  expect(await books.categories.get(scope, { categoryId })).toMatchObject({ expenseCount: 1 })
})

test('a failure is not remembered', async () => {
  const { books, categoryId, find } = await openBooks()
  find.mockRejectedValueOnce(new Error('the line is down'))

  await expect(books.categories.get(scope, { categoryId })).rejects.toThrow('the line is down')
  expect(await books.categories.get(scope, { categoryId })).toMatchObject({ name: 'Usafiri' })
})

test('one owner never sees what was remembered for another', async () => {
  const { books, categoryId } = await openBooks()
  await books.categories.get(scope, { categoryId })

  const stranger = { ownerId: '019373c2-7a00-7000-8000-000000000002', actorId: 'eve' }
  await expect(books.categories.get(stranger, { categoryId })).rejects.toMatchObject({ code: 'not_found' })
})

/** Gives up each first attempt, as a database does with the loser of a deadlock. */
function runningTwice(inner: UnitOfWork): UnitOfWork {
  return {
    async transact(scope, work) {
      const loser = inner.transact(scope, async (tx) => {
        await work(tx)
        throw new Error('deadlock')
      })
      await expect(loser).rejects.toThrow('deadlock')
      return inner.transact(scope, work)
    },
  }
}
