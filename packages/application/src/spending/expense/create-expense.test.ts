import { describe, expect, test } from 'vitest'
import {
  NOWHERE,
  openBooks,
  type StartedBooks,
  startedBooks,
  TODAY,
  tzs,
} from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'
import type { CreateExpenseInput } from './expense-shapes.ts'

/** Records an expense under transport, with some fields otherwise. */
function create({ books, scope, transport }: StartedBooks, fields: object = {}) {
  const input = { amount: tzs('1'), categoryId: transport.id, expenseDate: TODAY, ...fields }
  return books.expenses.create(scope, input as CreateExpenseInput)
}

describe('recording an expense', () => {
  test('answers with the whole record, as reading it does', async () => {
    const started = await startedBooks()
    const { books, scope, transport } = started
    const expense = await create(started, { amount: tzs('12500.5'), description: 'Dala dala' })
    expect(expense).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      version: 1,
      amount: { amount: '12500.50', currency: 'TZS' },
      categoryId: transport.id,
      expenseDate: TODAY,
      description: 'Dala dala',
      attachmentIds: [],
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'amina',
      updatedAt: '2026-11-21T09:00:00.000Z',
    })
    expect(await books.expenses.get(scope, { expenseId: expense.id })).toEqual(expense)
  })

  test.each([{}, { description: null }, { description: undefined }])(
    'without a description stores none: %j',
    async (fields) => {
      const started = await startedBooks()
      expect((await create(started, fields)).description).toBeNull()
    },
  )

  test('composes the description and keeps its line breaks', async () => {
    const started = await startedBooks()
    const { description } = await create(started, { description: 'Cafe\u0301\n\tkwa wageni ' })
    expect(description).toBe('Café\n\tkwa wageni ')
  })

  test.each([
    ['500 letters', 'x'.repeat(500)],
    ['500 emoji', '🚌'.repeat(500)],
    ['nothing', ''],
  ])('takes a description of %s', async (_, description) => {
    expect((await create(await startedBooks(), { description })).description).toBe(description)
  })

  test.each(['0.01', '1000000', '1000000.00'])('takes %s, the end of the policy', async (amount) => {
    expect((await create(await startedBooks(), { amount: tzs(amount) })).amount.amount).toMatch(
      /^(0\.01|1000000\.00)$/,
    )
  })

  test('takes today where the owner is, which may be tomorrow in UTC', async () => {
    const started = await startedBooks()
    started.clock.set('2026-11-21T20:59:59.999Z')
    expect(await faultsOf(create(started, { expenseDate: '2026-11-22' }))).toEqual([
      '/expenseDate date_in_future',
    ])
    started.clock.set('2026-11-21T21:00:00.000Z')
    expect((await create(started, { expenseDate: '2026-11-22' })).expenseDate).toBe('2026-11-22')
  })
})

describe('F66 an amount', () => {
  test.each([
    ...[
      '1e309',
      '1e3',
      '0.001',
      '-0',
      '-1',
      '+1',
      'NaN',
      'Infinity',
      '',
      ' 1',
      '1\u00a0',
      '1,000.00',
      '١٢',
      '１２',
    ],
    ...['0x10', '01', '1.', '.5', '1234567890123456', '1.000', '1 000', '00', '1\n'],
  ])('of %j is refused', async (amount) => {
    expect(await faultsOf(create(await startedBooks(), { amount: tzs(amount) }))).toEqual([
      '/amount/amount amount_invalid',
    ])
  })

  test.each([1, 12500.5, null, true, ['1'], { value: '1' }, 5n])(
    'written as %s is refused with a hint',
    async (amount) => {
      const refusal = await refusalOf(create(await startedBooks(), { amount: { amount, currency: 'TZS' } }))
      expect(refusal.details).toEqual({
        errors: [
          {
            pointer: '/amount/amount',
            code: 'amount_invalid',
            detail: 'send amounts as strings, e.g. "12500.00"',
          },
        ],
      })
    },
  )

  test.each([12500, '12500', null, ['12500', 'TZS'], undefined])(
    'that is no money but %s is refused',
    async (amount) => {
      expect(await faultsOf(create(await startedBooks(), { amount }))).toEqual(['/amount amount_invalid'])
    },
  )

  test.each(['0', '0.00', '1000000.01', '999999999999999.99'])(
    'of %s is outside the policy',
    async (amount) => {
      expect(await faultsOf(create(await startedBooks(), { amount: tzs(amount) }))).toEqual([
        '/amount/amount amount_out_of_policy',
      ])
    },
  )

  test.each(['EUR', 'tzs', 'XXX', '', 'TZS '])('in the currency %j is refused', async (currency) => {
    expect(await faultsOf(create(await startedBooks(), { amount: { amount: '1', currency } }))).toEqual([
      '/amount/currency currency_not_allowed',
    ])
  })

  test('too long to repeat is cut in the refusal', async () => {
    const { details } = await refusalOf(create(await startedBooks(), { amount: tzs('9'.repeat(100_000)) }))
    expect(JSON.stringify(details).length).toBeLessThan(300)
  })
})

describe('F70 a description', () => {
  test.each([
    ['NUL', 'a\u0000b'],
    ['half of a surrogate pair', 'a\ud800b'],
    ['an escape', '\u001b[31m'],
    ['501 letters', 'x'.repeat(501)],
    ['501 emoji', '🚌'.repeat(501)],
    ['a number', 5],
    ['a list', ['x']],
  ])('with %s is refused', async (_, description) => {
    expect(await faultsOf(create(await startedBooks(), { description }))).toEqual([
      '/description text_invalid',
    ])
  })
})

describe('F72 a date', () => {
  test.each([
    ...[
      '2026-02-29',
      '0001-01-01',
      '9999-12-31',
      '1969-12-31',
      '2101-01-01',
      '2026-1-5',
      '2026-11-21T09:00:00Z',
    ],
    ...['2026-13-01', '2026-00-10', '21-11-2026', '', ' 2026-11-21', '２０２６-11-21', 20261121, null],
  ])('of %j is refused', async (expenseDate) => {
    expect(await faultsOf(create(await startedBooks(), { expenseDate }))).toEqual([
      '/expenseDate date_invalid',
    ])
  })

  test.each(['2024-02-29', '1970-01-01', TODAY])('of %s is taken', async (expenseDate) => {
    expect((await create(await startedBooks(), { expenseDate })).expenseDate).toBe(expenseDate)
  })

  test.each(['2026-11-22', '2100-12-31'])('of %s lies in the future', async (expenseDate) => {
    expect(await faultsOf(create(await startedBooks(), { expenseDate }))).toEqual([
      '/expenseDate date_in_future',
    ])
  })
})

describe('the category of an expense', () => {
  test.each([NOWHERE])('must exist: %s', async (categoryId) => {
    expect(await refusalOf(create(await startedBooks(), { categoryId }))).toMatchObject({
      code: 'category_not_found',
      details: { categoryId },
    })
  })

  test.each(['', 'food', '01890000-0000-7000-8000-FFFFFFFFFFFF', null, 5])(
    'must be an id, not %j',
    async (categoryId) => {
      expect(await faultsOf(create(await startedBooks(), { categoryId }))).toEqual([
        '/categoryId text_invalid',
      ])
    },
  )

  test("F81 may not be another owner's", async () => {
    const started = await startedBooks()
    const { books, stranger } = started
    const foreign = await books.categories.create(stranger, { name: 'Usafiri' })
    const before = await wholeState(started)
    const refusal = await refusalOf(create(started, { categoryId: foreign.id }))
    expect(refusal).toMatchObject({ code: 'category_not_found', details: { categoryId: foreign.id } })
    expect(await wholeState(started)).toEqual(before)
  })
})

describe('all faults of an input are told at once', () => {
  test('of its form', async () => {
    const { books, scope } = openBooks()
    const input = {
      amount: { amount: 5, currency: 'TZS', precision: 2 },
      categoryId: 'x',
      expenseDate: 'y',
      description: '\u0000',
      color: 'red',
    }
    const faults = await faultsOf(books.expenses.create(scope, input as never))
    expect(faults.toSorted()).toEqual([
      '/amount/amount amount_invalid',
      '/amount/precision unknown_field',
      '/categoryId text_invalid',
      '/color unknown_field',
      '/description text_invalid',
      '/expenseDate date_invalid',
    ])
  })

  test('against the rules', async () => {
    const faults = faultsOf(create(await startedBooks(), { amount: tzs('0'), expenseDate: '2026-11-22' }))
    expect(await faults).toEqual(['/amount/amount amount_out_of_policy', '/expenseDate date_in_future'])
  })

  test('where everything is missing', async () => {
    const { books, scope } = openBooks()
    const faults = ['/amount amount_invalid', '/categoryId text_invalid', '/expenseDate date_invalid']
    expect(await faultsOf(books.expenses.create(scope, {} as never))).toEqual(faults)
  })

  test.each([null, 'text', 5, []])(
    'and an input that is no object, but %j, is refused as a whole',
    async (input) => {
      const { books, scope } = openBooks()
      expect(await faultsOf(books.expenses.create(scope, input as never))).toEqual([' text_invalid'])
    },
  )
})

describe('F74 what is not the caller’s to say', () => {
  test.each([
    'id',
    'ownerId',
    'owner_id',
    'version',
    'createdAt',
    'createdBy',
    'updatedAt',
    'status',
    'a/b~c',
  ])('is refused by name: %s', async (field) => {
    const faults = await faultsOf(create(await startedBooks(), { [field]: 'x' }))
    expect(faults).toEqual([`/${field.replace('~', '~0').replace('/', '~1')} unknown_field`])
  })

  test('F73 is refused where it would reach the prototype', async () => {
    const poisoned = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    expect(await faultsOf(create(await startedBooks(), poisoned))).toEqual([
      '/__proto__ unknown_field',
      '/constructor unknown_field',
    ])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
