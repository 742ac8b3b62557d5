import { describe, expect, test } from 'vitest'
import { type OpenBooks, openBooks, startedBooks, TODAY, tzs } from '../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../test/support/refusal-of.ts'
import { wholeState } from '../../test/support/whole-state.ts'

const defaults = {
  id: '01890000-0000-7000-8000-00000000000a',
  version: 0,
  timeZone: 'Africa/Dar_es_Salaam',
  baseCurrency: 'TZS',
  expensePolicy: { min: '0.01', max: '1000000.00' },
  urgencyDays: { critical: 7, high: 14, medium: 30 },
  maxCategories: 100,
  createdAt: null,
  createdBy: null,
  updatedAt: null,
}

function change({ books, scope }: OpenBooks, fields: object) {
  return books.settings.update(scope, { version: 0 }, fields)
}

describe('the settings', () => {
  test('of an owner who changed nothing are the defaults, as version 0', async () => {
    const { books, scope } = openBooks()
    expect(await books.settings.get(scope)).toEqual(defaults)
  })

  test('keep what is not given, also within a group', async () => {
    const opened = openBooks()
    const changed = await change(opened, { urgencyDays: { high: 20 }, expensePolicy: { max: '500' } })
    expect(changed).toEqual({
      ...defaults,
      version: 1,
      expensePolicy: { min: '0.01', max: '500.00' },
      urgencyDays: { critical: 7, high: 20, medium: 30 },
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'amina',
      updatedAt: '2026-11-21T09:00:00.000Z',
    })
    expect(await opened.books.settings.get(opened.scope)).toEqual(changed)
  })

  test.each([
    {},
    { maxCategories: 100 },
    { expensePolicy: { min: '0.01' }, baseCurrency: 'TZS' },
    { urgencyDays: {} },
  ])('answer with the same version when they say it already, and leave no trace: %j', async (fields) => {
    const opened = openBooks()
    const before = await wholeState(opened)
    expect(await change(opened, fields)).toEqual(defaults)
    expect(await wholeState(opened)).toEqual(before)
  })

  test('of another owner stay as they are', async () => {
    const opened = openBooks()
    await change(opened, { maxCategories: 5 })
    expect(await opened.books.settings.get(opened.stranger)).toMatchObject({ version: 0, maxCategories: 100 })
  })

  test('are not changed by changing an answer', async () => {
    const { books, scope } = openBooks()
    const view = await books.settings.get(scope)
    for (const group of [view, view.urgencyDays, view.expensePolicy])
      Object.assign(group, { critical: 1, min: '5' })
    expect(await books.settings.get(scope)).toEqual(defaults)
    const changed = await books.settings.update(scope, { version: 0 }, { maxCategories: 5 })
    Object.assign(changed.urgencyDays, { critical: 1 })
    expect((await books.settings.get(scope)).urgencyDays.critical).toBe(7)
  })

  test.each<[object, string[]]>([
    [{ timeZone: 'Mars/Olympus' }, ['/timeZone text_invalid']],
    [{ timeZone: '+03:00' }, ['/timeZone text_invalid']],
    [{ timeZone: null }, ['/timeZone text_invalid']],
    [{ baseCurrency: 'tzs' }, ['/baseCurrency currency_not_allowed']],
    [{ baseCurrency: 'KWD' }, ['/baseCurrency currency_not_allowed']],
    [{ maxCategories: 0 }, ['/maxCategories text_invalid']],
    [{ maxCategories: 10_001 }, ['/maxCategories text_invalid']],
    [{ maxCategories: 1.5 }, ['/maxCategories text_invalid']],
    [{ maxCategories: '5' }, ['/maxCategories text_invalid']],
    [{ urgencyDays: { critical: -1 } }, ['/urgencyDays/critical text_invalid']],
    [{ urgencyDays: { medium: 3_651 } }, ['/urgencyDays/medium text_invalid']],
    [{ urgencyDays: { low: 90 } }, ['/urgencyDays/low unknown_field']],
    [{ urgencyDays: { critical: 14 } }, ['/urgencyDays text_invalid']],
    [{ urgencyDays: 5 }, ['/urgencyDays text_invalid']],
    [{ expensePolicy: { min: 1 } }, ['/expensePolicy/min amount_invalid']],
    [{ expensePolicy: { min: '0' } }, ['/expensePolicy/min amount_invalid']],
    [{ expensePolicy: { min: '5.000' } }, ['/expensePolicy/min amount_invalid']],
    [{ expensePolicy: { max: '0.001' } }, ['/expensePolicy/max amount_invalid']],
    [{ expensePolicy: { min: '2', max: '1' } }, ['/expensePolicy/min amount_invalid']],
    [{ baseCurrency: 'JPY' }, ['/expensePolicy/min amount_invalid']],
    [{ ownerId: 'x', id: 'y' }, ['/ownerId unknown_field', '/id unknown_field']],
    [{ maxCategories: 0, color: 1 }, ['/maxCategories text_invalid', '/color unknown_field']],
    [
      { expensePolicy: { min: '0' }, urgencyDays: { critical: 99 } },
      ['/expensePolicy/min amount_invalid', '/urgencyDays text_invalid'],
    ],
  ])('refuse %j', async (fields, faults) => {
    const opened = openBooks()
    const before = await wholeState(opened)
    expect(await faultsOf(change(opened, fields))).toEqual(faults)
    expect(await wholeState(opened)).toEqual(before)
  })

  test.each([
    { maxCategories: 1 },
    { maxCategories: 10_000 },
    { urgencyDays: { critical: 0, high: 1, medium: 3_650 } },
    { expensePolicy: { min: '5', max: '5' } },
  ])('take %j', async (fields) => {
    expect((await change(openBooks(), fields)).version).toBe(1)
  })
})

describe('the base currency', () => {
  test('of books without expenses may change, and expenses are then kept in it', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
    expect(await change(opened, { baseCurrency: 'EUR' })).toMatchObject({
      baseCurrency: 'EUR',
      expensePolicy: { min: '0.01', max: '1000000.00' },
    })
    const expense = { amount: { amount: '5', currency: 'EUR' }, categoryId, expenseDate: TODAY }
    expect((await books.expenses.create(scope, expense)).amount).toEqual({ amount: '5.00', currency: 'EUR' })
    const shillings = books.expenses.create(scope, { ...expense, amount: tzs('5') })
    expect(await faultsOf(shillings)).toEqual(['/amount/currency currency_not_allowed'])
    expect((await books.categories.get(scope, { categoryId })).total).toEqual({
      amount: '5.00',
      currency: 'EUR',
    })
  })

  test('without decimals takes amounts without decimals only', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const { id: categoryId } = await books.categories.create(scope, { name: 'Usafiri' })
    await change(opened, { baseCurrency: 'JPY', expensePolicy: { min: '1' } })
    const spend = (amount: string) =>
      books.expenses.create(scope, { amount: { amount, currency: 'JPY' }, categoryId, expenseDate: TODAY })
    expect((await spend('500')).amount).toEqual({ amount: '500', currency: 'JPY' })
    expect(await faultsOf(spend('500.00'))).toEqual(['/amount/amount amount_invalid'])
  })

  test('is frozen by the first expense', async () => {
    const started = await startedBooks()
    expect(await refusalOf(change(started, { baseCurrency: 'EUR' }))).toEqual({
      code: 'base_currency_frozen',
      details: { baseCurrency: 'TZS' },
      message: 'The base currency TZS cannot change, because expenses are recorded in it.',
    })
  })
})

describe('F16 two changes of the same version of the settings', () => {
  test('at once: one is stored, one is refused', async () => {
    const opened = openBooks()
    const answers = await Promise.allSettled([
      change(opened, { maxCategories: 5 }),
      change(opened, { maxCategories: 6 }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'concurrent_change', details: { kind: 'settings', id: defaults.id } },
    })
    expect((await opened.books.settings.get(opened.scope)).version).toBe(1)
  })
})
