import fc, { type Scheduler } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type StartedBooks, startedBooks, TODAY, tzs } from '../test/support/open-books.ts'
import { scheduledPorts } from '../test/support/scheduled-ports.ts'
import { wholeState } from '../test/support/whole-state.ts'
import { type Books, createBooks, isDomainError, isReplay } from './index.ts'

/** Carries the calls out at once, in an order of steps that the scheduler makes up, and tells how each ended. */
async function interleaved(
  scheduler: Scheduler,
  { ports }: StartedBooks,
  calls: readonly ((books: Books) => Promise<object>)[],
): Promise<(object | string)[]> {
  const books = createBooks(scheduledPorts(scheduler, ports))
  const answers = calls.map((call) => call(books).catch(codeOf))
  return scheduler.waitFor(Promise.all(answers))
}

function codeOf(error: unknown): string {
  if (!isDomainError(error)) throw error
  return error.code
}

/** In every interleaving that is tried. */
async function always(check: (scheduler: Scheduler, started: StartedBooks) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => check(scheduler, await startedBooks())),
    { numRuns: 60 },
  )
}

describe('in whatever order their steps happen,', () => {
  test('F16 of several changes of one version, one is stored and the others are refused', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, fare } = started
      const calls = ['1', '2', '3'].map(
        (amount) => (open: Books) =>
          open.expenses.update(scope, { expenseId: fare.id, version: 1 }, { amount: tzs(amount) }),
      )
      const answers = await interleaved(scheduler, started, calls)
      const [stored, ...more] = answers.filter((answer) => typeof answer === 'object')
      expect(more).toEqual([])
      expect(answers.filter((answer) => answer === 'concurrent_change')).toHaveLength(2)
      expect(await books.expenses.get(scope, { expenseId: fare.id })).toEqual(stored)
      const history = await books.history.list(scope, { kind: 'expense', id: fare.id })
      expect(history.data.map(({ version }) => version)).toEqual([2, 1])
    })
  })

  test('F16 changes of whichever version there is never overwrite each other unseen', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, fare, food } = started
      const target = { expenseId: fare.id, version: '*' } as const
      const changes = [{ amount: tzs('1') }, { categoryId: food.id }, { description: 'Basi' }]
      const answers = await interleaved(
        scheduler,
        started,
        changes.map((change) => (open: Books) => open.expenses.update(scope, target, change)),
      )
      const { version, amount, categoryId, description } = await books.expenses.get(scope, {
        expenseId: fare.id,
      })
      const isStored = [amount.amount === '1.00', categoryId === food.id, description === 'Basi']
      expect(answers.map((answer) => typeof answer === 'object')).toEqual(isStored)
      expect(version).toBe(1 + isStored.filter(Boolean).length)
    })
  })

  test('F17 of two deletions, one deletes, and there is one event', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, fare } = started
      const remove = (open: Books) => open.expenses.delete(scope, { expenseId: fare.id, version: 1 })
      const answers = await interleaved(scheduler, started, [remove, remove])
      expect(answers.filter((answer) => typeof answer === 'object')).toEqual([{}])
      expect(['not_found', 'concurrent_change']).toContain(
        answers.find((answer) => typeof answer === 'string'),
      )
      const history = await books.history.list(scope, { kind: 'expense', id: fare.id })
      expect(history.data.map(({ type }) => type)).toEqual(['expense.deleted', 'expense.created'])
    })
  })

  test('F18 no expense is left in a category that was deleted', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, food } = started
      const answers = await interleaved(scheduler, started, [
        (open) => open.expenses.create(scope, { amount: tzs('1'), categoryId: food.id, expenseDate: TODAY }),
        (open) => open.categories.delete(scope, { categoryId: food.id, version: 1 }),
      ])
      const outcomes = answers.map((answer) => (typeof answer === 'object' ? 'done' : answer))
      expect([
        ['done', 'category_in_use'],
        ['category_not_found', 'done'],
      ]).toContainEqual(outcomes)
      const filed = (await books.expenses.list(scope, { categoryId: food.id })).data
      const categories = (await books.categories.list(scope)).data
      expect(filed.length === 0 || categories.some(({ id }) => id === food.id)).toBe(true)
    })
  })

  test('F18 a merge takes along an expense that comes or changes meanwhile, or gives way', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, transport, food, fare } = started
      const answers = await interleaved(scheduler, started, [
        (open) =>
          open.expenses.create(scope, { amount: tzs('1'), categoryId: transport.id, expenseDate: TODAY }),
        (open) => open.expenses.update(scope, { expenseId: fare.id, version: 1 }, { amount: tzs('2') }),
        (open) =>
          open.categories.delete(scope, { categoryId: transport.id, version: 1 }, { mergeInto: food.id }),
      ])
      const [created, changed, merged] = answers.map((answer) => typeof answer === 'object')
      const left = (await books.expenses.list(scope)).data
      const known = new Set((await books.categories.list(scope)).data.map(({ id }) => id))
      expect(known.has(transport.id)).toBe(!merged)
      expect(left.every(({ categoryId }) => known.has(categoryId))).toBe(true)
      expect(left).toHaveLength(created ? 2 : 1)
      const { amount, version } = await books.expenses.get(scope, { expenseId: fare.id })
      expect(amount).toEqual(tzs(changed ? '2.00' : '12500.00'))
      expect(version).toBe(1 + Number(changed) + Number(merged))
    })
  })

  test('F19 the last free place is taken once, and F68 a name once', async () => {
    await always(async (scheduler, started) => {
      const { books, scope } = started
      await books.settings.update(scope, { version: 0 }, { maxCategories: 3 })
      const names = ['Kodi', 'KODI', 'Umeme']
      const answers = await interleaved(
        scheduler,
        started,
        names.map((name) => (open: Books) => open.categories.create(scope, { name })),
      )
      expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(1)
      expect((await books.categories.list(scope)).data).toHaveLength(3)
    })
  })

  test('the base currency is frozen before the first expense, or the expense is refused', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, fare, food } = started
      await books.expenses.delete(scope, { expenseId: fare.id, version: 1 })
      const [changed, created] = await interleaved(scheduler, started, [
        (open) => open.settings.update(scope, { version: 0 }, { baseCurrency: 'EUR' }),
        (open) => open.expenses.create(scope, { amount: tzs('1'), categoryId: food.id, expenseDate: TODAY }),
      ])
      expect([typeof changed, typeof created].sort()).toEqual(['object', 'string'])
      expect(['base_currency_frozen', 'validation_failed']).toContain(
        [changed, created].find((answer) => typeof answer === 'string'),
      )
      const { baseCurrency } = await books.settings.get(scope)
      const currencies = (await books.expenses.list(scope)).data.map(({ amount }) => amount.currency)
      expect(currencies.every((currency) => currency === baseCurrency)).toBe(true)
    })
  })

  test('F14 of repetitions under one key, one is carried out and all get its answer', async () => {
    await always(async (scheduler, started) => {
      const { books, scope, food } = started
      const keyed = { ...scope, idempotencyKey: 'key-1' }
      const input = { amount: tzs('5'), categoryId: food.id, expenseDate: TODAY }
      const create = (open: Books) => open.expenses.create(keyed, input)
      const answers = await interleaved(scheduler, started, [create, create, create, create])
      const views = answers.filter((answer) => typeof answer === 'object')
      expect(
        answers.every((answer) => typeof answer === 'object' || answer === 'idempotency_in_progress'),
      ).toBe(true)
      expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1)
      expect(views.filter((view) => !isReplay(view))).toHaveLength(1)
      const { data } = await books.expenses.list(scope, { categoryId: food.id })
      expect(data).toEqual([views[0]])
      expect((await books.history.list(scope, { kind: 'expense', id: data[0]?.id ?? '' })).data).toHaveLength(
        1,
      )
    })
  })

  test('F15 the repetition of a call that failed is carried out once', async () => {
    await always(async (scheduler, started) => {
      const { ports, scope } = started
      const keyed = { ...scope, idempotencyKey: 'key-1' }
      const create = (open: Books) => open.categories.create(keyed, { name: 'Kodi' })
      ports.failNext('unavailable')
      const answers = await interleaved(scheduler, started, [create, create])
      const views = answers.filter((answer) => typeof answer === 'object')
      expect(answers.filter((answer) => answer === 'unavailable').length + views.length).toBe(2)
      expect(views.filter((view) => !isReplay(view))).toHaveLength(1)
      const { data } = await started.books.categories.list(scope, { q: 'kodi' })
      expect(data).toEqual([JSON.parse(JSON.stringify(views[0]))])
    })
  })

  test('readers see a merge as a whole or not at all', async () => {
    await always(async (scheduler, started) => {
      const { scope, transport, food } = started
      const [, page] = await interleaved(scheduler, started, [
        (open) =>
          open.categories.delete(scope, { categoryId: transport.id, version: 1 }, { mergeInto: food.id }),
        (open) => open.categories.list(scope),
      ])
      const { data } = page as { data: readonly { name: string; expenseCount: number }[] }
      expect([
        [['Chakula', 1]],
        [
          ['Chakula', 0],
          ['Usafiri', 1],
        ],
      ]).toContainEqual(data.map(({ name, expenseCount }) => [name, expenseCount]))
    })
  })

  test('what is refused leaves nothing behind', async () => {
    await always(async (scheduler, started) => {
      const { scope, fare, food } = started
      const before = await wholeState(started)
      const answers = await interleaved(scheduler, started, [
        (open) => open.expenses.update(scope, { expenseId: fare.id, version: 9 }, { amount: tzs('1') }),
        (open) => open.categories.create(scope, { name: 'usafiri' }),
        (open) => open.categories.delete(scope, { categoryId: food.id, version: 1 }, { mergeInto: food.id }),
        (open) => open.settings.update(scope, { version: 0 }, { baseCurrency: 'EUR' }),
      ])
      expect(answers).toEqual([
        'concurrent_change',
        'category_name_taken',
        'category_not_found',
        'base_currency_frozen',
      ])
      expect(await wholeState(started)).toEqual(before)
    })
  })
})
