import { createBooks, DomainError, type UnitOfWork } from '@daftari/application'
import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { expect, test } from 'vitest'
import { type Claim, reimburse } from '../src/reimburse.ts'

const scope = { ownerId: '019373c2-7a00-7000-8000-000000000001', actorId: 'asha' }

/** Books of one test alone, at noon in Dar es Salaam, with one category. */
async function openBooks() {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const adapters = createMemoryAdapters({ clock })
  const books = createBooks(adapters)
  const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
  const claim: Claim = { id: '2026/17', lines: [{ categoryId, date: '2026-11-20', shillings: '12500' }] }
  return { clock, adapters, books, claim, categoryId }
}

test('records all lines of a claim', async () => {
  const { books, claim } = await openBooks()

  const outcome = await reimburse(books, scope, claim)

  const { data } = await books.expenses.list(scope)
  expect(outcome).toEqual({ status: 'recorded', expenseIds: data.map(({ id }) => id) })
  expect(data).toMatchObject([{ amount: { amount: '12500.00', currency: 'TZS' }, createdBy: 'asha' }])
})

test('records nothing when one line is wrong, and says which', async () => {
  const { books, claim } = await openBooks()
  const lines = [...claim.lines, ...claim.lines.map((line) => ({ ...line, shillings: '1e3' }))]

  expect(await reimburse(books, scope, { ...claim, lines })).toMatchObject({
    status: 'refused',
    reasons: [expect.stringContaining('/items/1/amount')],
  })
  expect((await books.expenses.list(scope)).data).toEqual([])
})

test.each(['unavailable', 'overloaded', 'outcome_unknown'] as const)(
  'asks for another try when the books answer %s, and records the claim once',
  async (code) => {
    const { adapters, books, claim } = await openBooks()
    adapters.failNext(code)

    expect(await reimburse(books, scope, claim)).toEqual({ status: 'try_again' })
    expect((await books.expenses.list(scope)).data).toEqual([])
    expect(await reimburse(books, scope, claim)).toMatchObject({ status: 'recorded' })
    expect(await reimburse(books, scope, claim)).toMatchObject({ status: 'recorded' })
    expect((await books.expenses.list(scope)).data).toHaveLength(1)
  },
)

test('takes a claim of tomorrow when tomorrow has begun in Dar es Salaam', async () => {
  const { clock, books, claim, categoryId } = await openBooks()
  const tomorrow = { ...claim, lines: [{ categoryId, date: '2026-11-22', shillings: '500' }] }

  clock.set('2026-11-21T20:59:59.999Z')
  expect(await reimburse(books, scope, tomorrow)).toMatchObject({ status: 'refused' })
  clock.advance(1)
  expect(await reimburse(books, scope, tomorrow)).toMatchObject({ status: 'recorded' })
})

test('knows what was recorded although the answer of the database was lost', async () => {
  const { adapters, claim } = await openBooks()
  const books = createBooks({ ...adapters, unitOfWork: losingAnswers(adapters.unitOfWork) })

  expect(await reimburse(books, scope, claim)).toMatchObject({ status: 'recorded' })
  expect((await books.expenses.list(scope)).data).toHaveLength(1)
})

test('lets a defect through as what it is', async () => {
  const { adapters, claim } = await openBooks()
  const books = createBooks({
    ...adapters,
    unitOfWork: { transact: () => Promise.reject(new TypeError('a bug')) },
  })

  await expect(reimburse(books, scope, claim)).rejects.toThrow(TypeError)
})

/** A port is an interface, so a fault that the memory adapters do not offer is a few lines. */
function losingAnswers(inner: UnitOfWork): UnitOfWork {
  return {
    async transact(scope, work) {
      await inner.transact(scope, work)
      throw new DomainError('outcome_unknown', {})
    },
  }
}
