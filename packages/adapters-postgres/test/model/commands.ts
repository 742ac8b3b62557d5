import assert from 'node:assert/strict'
import type { Books, Scope } from '@daftari/application'
import fc from 'fast-check'

/** Books to compare, opened for the same owner. */
export interface Sides {
  readonly memory: Books
  readonly postgres: Books
  readonly scope: Scope
}

interface Known {
  readonly id: string
  readonly version: number
}

/** What the commands so far made, so that the next ones may name it. */
export interface Made {
  readonly categories: Known[]
  readonly expenses: Known[]
  readonly invoices: (Known & { readonly payments?: readonly { readonly id: string }[] })[]
}

type Call = (books: Books, scope: Scope) => Promise<unknown>

/** What a call came to, without what each side may say its own way: signed cursors. */
async function outcome(books: Books, scope: Scope, call: Call): Promise<unknown> {
  try {
    return JSON.parse(JSON.stringify((await call(books, scope)) ?? null))
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error
    const { code, details } = error as { code: unknown; details?: unknown }
    return { code, details: JSON.parse(JSON.stringify(details ?? null)) }
  }
}

function unsigned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nextCursor' in value)) return value
  return { ...value, nextCursor: value.nextCursor !== null }
}

/** One call to both sides, which must come to the same. */
export class Step implements fc.AsyncCommand<Made, Sides> {
  readonly #name: string
  readonly #callFor: (made: Made) => Call
  readonly #note: (made: Made, result: never) => void

  constructor(
    name: string,
    callFor: (made: Made) => Call,
    note: (made: Made, result: never) => void = () => {},
  ) {
    this.#name = name
    this.#callFor = callFor
    this.#note = note
  }

  check(): boolean {
    return true
  }

  async run(made: Made, { memory, postgres, scope }: Sides): Promise<void> {
    const call = this.#callFor(made)
    const [ours, theirs] = [await outcome(memory, scope, call), await outcome(postgres, scope, call)]
    assert.deepEqual(unsigned(theirs), unsigned(ours), this.#name)
    if (typeof ours === 'object' && ours !== null && !('code' in ours)) this.#note(made, ours as never)
  }

  toString(): string {
    return this.#name
  }
}

const NOBODY = '01920000-0000-7000-8000-00000000dead'
const pick = <Entry extends Known>(entries: readonly Entry[], at: number): Known =>
  entries[at % (entries.length + 1)] ?? { id: NOBODY, version: 1 }

function noteIn<Kind extends keyof Made>(kind: Kind) {
  return (made: Made, view: Known): void => {
    const entries: Known[] = made[kind]
    const at = entries.findIndex(({ id }) => id === view.id)
    if (at < 0) entries.push(view)
    else entries[at] = view
  }
}

const place = fc.nat({ max: 1000 })
const text = fc.oneof(
  fc.constantFrom(
    'Dala dala',
    'Straße ΟΔΟΣ',
    "Ng'ombe x-ray",
    'हिन्दी чай',
    '中文 ＶＩＰ',
    '100% _sawa',
    'café 🍔',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)
const q = fc.oneof(
  fc.constantFrom('da', 'οδ', 'ray', 'हि', '中', 'vip', '%', '_', 'caf', 'str', 'x', 'kil'),
  text,
)
const money = fc.oneof(
  fc.constantFrom('0', '0.01', '1000000', '1000000.01', '12.5'),
  fc.nat(500_000).map(String),
)
const day = fc
  .date({ min: new Date('2026-10-01'), max: new Date('2026-11-23'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const due = fc
  .date({ min: new Date('2026-10-01'), max: new Date('2027-02-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const version = fc.constantFrom('right', 'right', 'right', 'stale')
const versionOf = (known: Known, which: string): number =>
  which === 'right' ? known.version : known.version + 1
const tzs = (amount: string) => ({ amount, currency: 'TZS' as const })
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

function listed<Filter extends object>(
  name: string,
  filters: fc.Arbitrary<Filter>,
  list: (books: Books, scope: Scope, input: object) => Promise<{ readonly nextCursor: string | null }>,
): fc.Arbitrary<Step> {
  return fc.tuple(filters, fc.constantFrom(1, 2, 3, 50, 200)).map(([filter, limit]) => {
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
    return new Step(`${name} ${JSON.stringify({ ...given, limit })}`, () => async (books, scope) => {
      const pages: unknown[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await list(books, scope, { ...given, limit, ...(cursor ? { cursor } : {}) })
        pages.push({ ...page, nextCursor: page.nextCursor !== null })
        cursor = page.nextCursor
      }
      return pages
    })
  })
}

/** Every way to change books, and every way to look at them. */
export const steps: fc.Arbitrary<Step>[] = [
  text.map(
    (name) =>
      new Step(
        `create category ${name}`,
        () => (books, scope) => books.categories.create(scope, { name }),
        noteIn('categories'),
      ),
  ),
  fc.tuple(place, text, version).map(
    ([at, name, which]) =>
      new Step(
        `rename category ${at} ${name} ${which}`,
        ({ categories }) => {
          const known = pick(categories, at)
          const target = { categoryId: known.id, version: versionOf(known, which) }
          return (books, scope) => books.categories.update(scope, target, { name })
        },
        noteIn('categories'),
      ),
  ),
  fc.tuple(place, place, fc.boolean()).map(
    ([at, other, isMerged]) =>
      new Step(`delete category ${at} ${isMerged ? other : ''}`, ({ categories }) => {
        const known = pick(categories, at)
        const mergeInto = isMerged ? { mergeInto: pick(categories, other).id } : {}
        return (books, scope) =>
          books.categories.delete(scope, { categoryId: known.id, version: known.version }, mergeInto)
      }),
  ),
  fc.tuple(place, money, day, fc.option(text)).map(
    ([at, amount, expenseDate, description]) =>
      new Step(
        `create expense ${at} ${amount} ${expenseDate} ${description}`,
        ({ categories }) => {
          const input = { categoryId: pick(categories, at).id, amount: tzs(amount), expenseDate, description }
          return (books, scope) => books.expenses.create(scope, input)
        },
        noteIn('expenses'),
      ),
  ),
  fc.tuple(place, place, money, day, fc.option(text), version).map(
    ([at, category, amount, expenseDate, description, which]) =>
      new Step(
        `update expense ${at} ${amount} ${expenseDate} ${description} ${which}`,
        (made) => {
          const known = pick(made.expenses, at)
          const categoryId = pick(made.categories, category).id
          const target = { expenseId: known.id, version: versionOf(known, which) }
          const fields = { categoryId, amount: tzs(amount), expenseDate, description }
          return (books, scope) => books.expenses.update(scope, target, fields)
        },
        noteIn('expenses'),
      ),
  ),
  fc.tuple(place, version).map(
    ([at, which]) =>
      new Step(`delete expense ${at} ${which}`, ({ expenses }) => {
        const known = pick(expenses, at)
        return (books, scope) =>
          books.expenses.delete(scope, { expenseId: known.id, version: versionOf(known, which) })
      }),
  ),
  fc
    .tuple(text, fc.constantFrom('A1', 'a 1', 'B2', 'C-3', 'd4'), due, money)
    .map(
      ([name, number, dueDate, total]) =>
        new Step(
          `register invoice ${name} ${number} ${dueDate} ${total}`,
          () => (books, scope) =>
            books.invoices.create(scope, { supplier: { name }, number, dueDate, total: tzs(total) }),
          noteIn('invoices'),
        ),
    ),
  fc.tuple(place, money, day, version).map(
    ([at, amount, paidOn, which]) =>
      new Step(
        `pay invoice ${at} ${amount} ${paidOn} ${which}`,
        ({ invoices }) => {
          const known = pick(invoices, at)
          const target = { invoiceId: known.id, version: versionOf(known, which) }
          const payment = { amount: tzs(amount), paidOn, method: 'bank' as const }
          return (books, scope) => books.invoices.recordPayment(scope, target, payment)
        },
        noteIn('invoices'),
      ),
  ),
  fc.tuple(place, fc.constantFrom('void', 'urgency', 'clear')).map(
    ([at, what]) =>
      new Step(
        `${what} invoice ${at}`,
        ({ invoices }) => {
          const { id: invoiceId, version } = pick(invoices, at)
          const reason = 'because'
          if (what === 'void')
            return (books, scope) => books.invoices.void(scope, { invoiceId, version }, { reason })
          if (what === 'clear')
            return (books, scope) => books.invoices.clearUrgency(scope, { invoiceId, version })
          return (books, scope) =>
            books.invoices.setUrgency(scope, { invoiceId, version }, { level: 'low', reason })
        },
        noteIn('invoices'),
      ),
  ),
  listed('categories', fc.record({ q: optional(q) }), (books, scope, input) =>
    books.categories.list(scope, input),
  ),
  listed(
    'expenses',
    fc.record({
      q: optional(q),
      sort: fc.constantFrom('expenseDate', '-expenseDate', 'amount', '-amount'),
      from: optional(day),
      to: optional(day),
      amountMin: optional(money),
      amountMax: optional(money),
    }),
    (books, scope, input) => books.expenses.list(scope, input),
  ),
  listed(
    'invoices',
    fc.record({
      q: optional(q),
      supplier: optional(q),
      sort: fc.constantFrom('dueDate', 'urgency', '-total', '-createdAt'),
      dueFrom: optional(due),
    }),
    (books, scope, input) => books.invoices.list(scope, input),
  ),
  fc
    .tuple(fc.constantFrom('category', 'month', 'day'), day, optional(q))
    .map(
      ([groupBy, from]) =>
        new Step(
          `summarise by ${groupBy} from ${from}`,
          () => (books, scope) => books.expenses.summarise(scope, { groupBy: groupBy as 'category', from }),
        ),
    ),
  fc.constant(new Step('summarise invoices', () => (books, scope) => books.invoices.summarise(scope))),
  place.map(
    (at) =>
      new Step(`history ${at}`, ({ expenses }) => {
        const { id } = pick(expenses, at)
        return (books, scope) => books.history.list(scope, { kind: 'expense', id })
      }),
  ),
]
