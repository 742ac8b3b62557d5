import { describe, expect, test } from 'vitest'
import { bill, pay } from '../../../test/support/invoice-books.ts'
import { type StartedBooks, startedBooks, TODAY, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'
import type { InvoiceView, Precondition } from '../../index.ts'
import { isReplay } from './idempotent.ts'

const HOUR_MS = 60 * 60 * 1_000

interface Keyed extends StartedBooks {
  readonly keyed: StartedBooks['scope']
  readonly unpaid: InvoiceView
  /** With one payment, as its second version. */
  readonly partlyPaid: InvoiceView
}

async function keyedBooks(): Promise<Keyed> {
  const started = await startedBooks()
  const { books, scope } = started
  const unpaid = await books.invoices.create(scope, bill())
  const invoice = await books.invoices.create(scope, bill({ number: 'INV-2' }))
  const partlyPaid = await pay({ ...started, invoice }, '40')
  return { ...started, keyed: { ...scope, idempotencyKey: 'key-1' }, unpaid, partlyPaid }
}

type Write = (books: Keyed) => Promise<object>
type Change = (books: Keyed, version: Seen) => Promise<object>
type Seen = { readonly version?: Precondition }

const payment = { amount: tzs('60'), paidOn: TODAY, method: 'cash' } as const
const reason = 'Asked to'

/** What changes a record that was seen, and the version it has. */
const changes: Readonly<Record<string, readonly [version: number, Change]>> = {
  'categories.update': [
    1,
    ({ books, keyed, food }, seen) =>
      books.categories.update(keyed, { categoryId: food.id, ...seen }, { name: 'Vyakula' }),
  ],
  'categories.delete': [
    1,
    ({ books, keyed, transport, food }, seen) =>
      books.categories.delete(keyed, { categoryId: transport.id, ...seen }, { mergeInto: food.id }),
  ],
  'expenses.update': [
    1,
    ({ books, keyed, fare }, seen) =>
      books.expenses.update(keyed, { expenseId: fare.id, ...seen }, { amount: tzs('5') }),
  ],
  'expenses.delete': [
    1,
    ({ books, keyed, fare }, seen) => books.expenses.delete(keyed, { expenseId: fare.id, ...seen }),
  ],
  'invoices.update': [
    1,
    ({ books, keyed, unpaid }, seen) =>
      books.invoices.update(keyed, { invoiceId: unpaid.id, ...seen }, { number: 'INV-3' }),
  ],
  'invoices.recordPayment': [
    2,
    ({ books, keyed, partlyPaid }, seen) =>
      books.invoices.recordPayment(keyed, { invoiceId: partlyPaid.id, ...seen }, payment),
  ],
  'invoices.reversePayment': [
    2,
    ({ books, keyed, partlyPaid }, seen) => {
      const target = { invoiceId: partlyPaid.id, paymentId: partlyPaid.payments[0]?.id ?? '' }
      return books.invoices.reversePayment(keyed, { ...target, ...seen }, { reason })
    },
  ],
  'invoices.setUrgency': [
    1,
    ({ books, keyed, unpaid }, seen) =>
      books.invoices.setUrgency(keyed, { invoiceId: unpaid.id, ...seen }, { level: 'high', reason }),
  ],
  'invoices.void': [
    1,
    ({ books, keyed, unpaid }, seen) =>
      books.invoices.void(keyed, { invoiceId: unpaid.id, ...seen }, { reason }),
  ],
  'settings.update': [
    0,
    ({ books, keyed }, seen) => books.settings.update(keyed, seen, { maxCategories: 5 }),
  ],
}

const writes: Readonly<Record<string, Write>> = {
  'categories.create': ({ books, keyed }) => books.categories.create(keyed, { name: 'Kodi' }),
  'categories.createMany': ({ books, keyed }) =>
    books.categories.createMany(keyed, { items: [{ name: 'Kodi' }, { name: '' }], mode: 'partial' }),
  'expenses.create': ({ books, keyed, food }) =>
    books.expenses.create(keyed, { amount: tzs('5'), categoryId: food.id, expenseDate: TODAY }),
  'expenses.createMany': ({ books, keyed, food }) =>
    books.expenses.createMany(keyed, {
      items: [{ amount: tzs('5'), categoryId: food.id, expenseDate: TODAY }],
    }),
  'expenses.import': ({ books, keyed }) =>
    books.expenses.import(keyed, {
      csv: `date,category,amount,description\n${TODAY},Chakula,5,\n`,
      dryRun: false,
    }),
  'invoices.create': ({ books, keyed }) => books.invoices.create(keyed, bill({ number: 'INV-3' })),
  'access.createKey': ({ books, keyed }) => books.access.createKey(keyed, { name: 'Till', scopes: ['read'] }),
  ...(Object.fromEntries(
    Object.entries(changes).map(([name, [version, change]]) => [name, (books) => change(books, { version })]),
  ) satisfies Record<string, Write>),
}

describe.each(Object.entries(writes))('F12 %s under a key', (_, write) => {
  test('answers a repetition with the same text, marked, and changes nothing more', async () => {
    const keyed = await keyedBooks()
    const before = await wholeState(keyed)
    const first = await write(keyed)
    const after = await wholeState(keyed)
    expect(after).not.toEqual(before)
    expect(isReplay(first)).toBe(false)
    keyed.clock.advance(HOUR_MS)
    for (const again of [await write(keyed), await write(keyed)]) {
      expect(JSON.stringify(again)).toBe(JSON.stringify(first))
      expect(isReplay(again)).toBe(true)
    }
    expect(await wholeState(keyed)).toEqual(after)
  })

  test('F14 is carried out once when fifty come at the same time', async () => {
    const alone = await keyedBooks()
    await write(alone)
    const keyed = await keyedBooks()
    const answers = await Promise.all(Array.from({ length: 50 }, () => write(keyed)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers.filter(isReplay)).toHaveLength(49)
    expect(shapeOf(await wholeState(keyed))).toEqual(shapeOf(await wholeState(alone)))
  })

  test('F15 that fails at its end stores nothing, and a repetition carries it out', async () => {
    const keyed = await keyedBooks()
    const before = await wholeState(keyed)
    keyed.ports.failNext('unavailable')
    expect((await refusalOf(write(keyed))).code).toBe('unavailable')
    expect(await wholeState(keyed)).toEqual(before)
    const again = await write(keyed)
    expect(isReplay(again)).toBe(false)
    expect(await wholeState(keyed)).not.toEqual(before)
  })

  test('F13 refuses the same key for another operation, and changes nothing', async () => {
    const keyed = await keyedBooks()
    await write(keyed)
    const before = await wholeState(keyed)
    const other = keyed.books.expenses.import(keyed.keyed, { csv: 'x' })
    expect(await refusalOf(other)).toMatchObject({ code: 'idempotency_key_reused', details: {} })
    expect(await wholeState(keyed)).toEqual(before)
  })

  test("F15 does not see another owner's key", async () => {
    const keyed = await keyedBooks()
    const { books, stranger } = keyed
    await write(keyed)
    const theirs = await books.categories.create({ ...stranger, idempotencyKey: 'key-1' }, { name: 'Kodi' })
    expect(isReplay(theirs)).toBe(false)
    expect((await books.categories.list(stranger)).data).toHaveLength(1)
  })
})

interface StoredBooks {
  readonly invoices: readonly [{ readonly invoices: readonly InvoiceView[]; readonly events: unknown[] }]
  readonly books: readonly [
    {
      readonly categories: unknown[]
      readonly expenses: unknown[]
      readonly apiKeys: unknown[]
      readonly histories: unknown[][]
    },
  ]
}

/** How many records and events there are, whatever their ids. */
function shapeOf(state: unknown): unknown {
  const { invoices, books } = state as StoredBooks
  const [{ invoices: bills, events }] = invoices
  const [{ categories, expenses, apiKeys, histories }] = books
  const payments = bills.map((one) => one.payments.length)
  const lists = [categories, expenses, apiKeys, bills, events].map(({ length }) => length)
  return [lists, payments.sort(), histories.map(({ length }) => length).sort()]
}

describe('F12 the first answer comes again even where the books would now refuse', () => {
  test('for its category is gone', async () => {
    const keyed = await keyedBooks()
    const { books, scope, food, transport } = keyed
    const create = writes['expenses.create'] as Write
    const first = await create(keyed)
    await books.categories.delete(scope, { categoryId: food.id, version: 1 }, { mergeInto: transport.id })
    expect(JSON.stringify(await create(keyed))).toBe(JSON.stringify(first))
  })

  test('for its date is too far, its amount outside the policy, its name taken, its target gone', async () => {
    const keyed = await keyedBooks()
    const { books, scope, fare } = keyed
    const rename = writes['categories.create'] as Write
    const remove = writes['expenses.delete'] as Write
    const first = [
      await rename(keyed),
      await remove({ ...keyed, keyed: { ...scope, idempotencyKey: 'key-2' } }),
    ]
    await books.settings.update(scope, { version: 0 }, { expensePolicy: { max: '1' }, maxCategories: 1 })
    expect((await refusalOf(books.expenses.get(scope, { expenseId: fare.id }))).code).toBe('not_found')
    const again = [
      await rename(keyed),
      await remove({ ...keyed, keyed: { ...scope, idempotencyKey: 'key-2' } }),
    ]
    expect(JSON.stringify(again)).toBe(JSON.stringify(first))
    expect(again.every(isReplay)).toBe(true)
  })

  test.each(Object.entries(changes))(
    'and is looked up before the version: %s',
    async (_, [version, change]) => {
      const keyed = await keyedBooks()
      const first = await change(keyed, { version })
      for (const seen of [
        { version },
        { version: version + 1 },
        { version: 99 },
        { version: '*' },
        {},
      ] as const) {
        const again = await change(keyed, seen)
        expect(again).toEqual(first)
        expect(isReplay(again)).toBe(true)
      }
    },
  )
})

describe('F13 the same key with another input', () => {
  test.each<[string, (books: Keyed) => object]>([
    ['amount', () => ({ amount: tzs('6') })],
    ['spelling of the amount', () => ({ amount: tzs('5.00') })],
    ['field more', () => ({ description: 'Chai' })],
    ['category', ({ transport }) => ({ categoryId: transport.id })],
    ['category there is not', ({ fare }) => ({ categoryId: fare.id })],
    ['faulty amount', () => ({ amount: tzs('x') })],
    ['field that has no place here', () => ({ version: 1 })],
    ['amount that JSON cannot say', () => ({ amount: { amount: 5n, currency: 'TZS' } })],
  ])('is refused and changes nothing: another %s', async (_, other) => {
    const keyed = await keyedBooks()
    const input = { amount: tzs('5'), categoryId: keyed.food.id, expenseDate: TODAY }
    await keyed.books.expenses.create(keyed.keyed, input)
    const before = await wholeState(keyed)
    const answer = keyed.books.expenses.create(keyed.keyed, { ...input, ...other(keyed) } as never)
    expect((await refusalOf(answer)).code).toBe('idempotency_key_reused')
    expect(await wholeState(keyed)).toEqual(before)
  })

  test.each<[string, (books: Keyed) => [target: { readonly id: string }, fields: unknown]]>([
    ['another target', ({ transport, food }) => [transport, { name: food.name }]],
    ['other fields', ({ food }) => [food, { name: 'Kodi' }]],
    ['fields that name the target', ({ food }) => [food, { name: 'Vyakula', categoryId: food.id }]],
    ['fields that name a version', ({ food }) => [food, { name: 'Vyakula', version: 1 }]],
    ['no object', ({ food }) => [food, ['Vyakula']]],
    ['nothing', ({ food }) => [food, null]],
  ])('is refused and changes nothing: %s', async (_, other) => {
    const keyed = await keyedBooks()
    const { books, food } = keyed
    const update = (id: string, fields: unknown) =>
      books.categories.update(keyed.keyed, { categoryId: id, version: '*' }, fields as never)
    await update(food.id, { name: 'Vyakula' })
    const before = await wholeState(keyed)
    const [{ id }, fields] = other(keyed)
    expect((await refusalOf(update(id, fields))).code).toBe('idempotency_key_reused')
    expect(await wholeState(keyed)).toEqual(before)
  })

  test('is the same input when its fields come in another order', async () => {
    const { books, keyed, food } = await keyedBooks()
    const first = await books.expenses.create(keyed, {
      amount: { amount: '5', currency: 'TZS' },
      categoryId: food.id,
      expenseDate: TODAY,
    })
    const again = await books.expenses.create(keyed, {
      expenseDate: TODAY,
      categoryId: food.id,
      amount: { currency: 'TZS', amount: '5' },
    })
    expect(again).toEqual(first)
    expect(isReplay(again)).toBe(true)
  })

  test('is refused whichever of two at once comes first', async () => {
    const { books, keyed } = await keyedBooks()
    const answers = await Promise.allSettled(
      ['Kodi', 'Umeme'].map((name) => books.categories.create(keyed, { name })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(answers).toContainEqual({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'idempotency_key_reused' }),
    })
    expect((await books.categories.list(keyed)).data).toHaveLength(3)
  })
})

describe('F15 a refused attempt', () => {
  test('is not remembered: put right, it is carried out under the same key', async () => {
    const { books, keyed } = await keyedBooks()
    const attempt = (name: string) => books.categories.create(keyed, { name })
    expect((await refusalOf(attempt(''))).code).toBe('validation_failed')
    expect((await refusalOf(attempt('usafiri'))).code).toBe('category_name_taken')
    expect(isReplay(await attempt('Kodi'))).toBe(false)
  })

  test('is refused again while nothing has changed', async () => {
    const { books, keyed } = await keyedBooks()
    for (const _ of [1, 2]) {
      const answer = books.categories.create(keyed, { name: 'usafiri' })
      expect((await refusalOf(answer)).code).toBe('category_name_taken')
    }
  })
})

describe('a key', () => {
  test('is kept for 72 hours and then free again', async () => {
    const keyed = await keyedBooks()
    const { books, clock } = keyed
    const create = writes['expenses.create'] as Write
    const first = await create(keyed)
    clock.advance(72 * HOUR_MS - 1)
    expect(await create(keyed)).toEqual(first)
    clock.advance(1)
    const anew = await create(keyed)
    expect(isReplay(anew)).toBe(false)
    expect(anew).not.toEqual(first)
    expect((await books.expenses.list(keyed.scope, { amountMax: '5' })).data).toHaveLength(2)
    expect(await create(keyed)).toEqual(anew)
  })

  test('means nothing to a use case that only reads', async () => {
    const { books, keyed, food } = await keyedBooks()
    const read = () => books.categories.get(keyed, { categoryId: food.id })
    const first = await read()
    await books.categories.update(
      { ...keyed, idempotencyKey: 'key-2' },
      { categoryId: food.id, version: 1 },
      { name: 'A' },
    )
    expect((await read()).name).not.toBe(first.name)
    expect(isReplay(first)).toBe(false)
  })

  test('is not needed: without one, a repetition is a second expense', async () => {
    const keyed = await keyedBooks()
    const create = writes['expenses.create'] as Write
    const answers = [
      await create({ ...keyed, keyed: keyed.scope }),
      await create({ ...keyed, keyed: keyed.scope }),
    ]
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(2)
    expect(answers.some(isReplay)).toBe(false)
  })
})
