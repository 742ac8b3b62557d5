import { describe, expect, test } from 'vitest'
import { type StartedBooks, startedBooks, TODAY, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import { readCsv } from '../../kernel/csv/read-csv.ts'
import type { ExportExpensesInput } from './expense-shapes.ts'

async function exported({ books, scope }: StartedBooks, input?: ExportExpensesInput): Promise<string> {
  let text = ''
  for await (const piece of await books.expenses.export(scope, input)) text += piece
  return text
}

const HEADER = '\ufeffdate,category,amount,currency,description,id\r\n'

describe('exporting expenses', () => {
  test('writes a byte order mark, a header and a line for each', async () => {
    const started = await startedBooks()
    expect(await exported(started)).toBe(
      `${HEADER}2026-11-21,Usafiri,12500.00,TZS,Dala dala,${started.fare.id}\r\n`,
    )
  })

  test('of no expenses is the header alone', async () => {
    const started = await startedBooks()
    expect(await exported(started, { to: '2026-11-20' })).toBe(HEADER)
  })

  test('defuses names and descriptions that a spreadsheet would run', async () => {
    const { books, scope, food, ...rest } = await startedBooks()
    await books.categories.update(scope, { categoryId: food.id, version: 1 }, { name: '=Chakula' })
    for (const description of ['=1+1', '+1', '-1', '@x', '\tx', '\rx', 'Chai, "tamu"', null]) {
      await books.expenses.create(scope, {
        amount: tzs('1'),
        categoryId: food.id,
        expenseDate: TODAY,
        description,
      })
    }
    const text = await exported({ books, scope, food, ...rest }, { categoryId: food.id, sort: 'expenseDate' })
    const cells = [...readCsv(text)].slice(1).map((row) => [row.cells[1], row.cells[4]])
    expect(cells).toEqual(
      ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\rx", 'Chai, "tamu"', ''].map((text) => ["'=Chakula", text]),
    )
  })

  test.each(['-expenseDate', 'amount'] as const)(
    'of more than 500 holds each once, sorted by %s',
    async (sort) => {
      const started = await startedBooks()
      const { books, scope, food } = started
      const items = Array.from({ length: 999 }, (_, index) => ({
        amount: tzs(`${1 + (index % 7)}`),
        categoryId: food.id,
        expenseDate: `2026-${String(1 + (index % 11)).padStart(2, '0')}-01`,
      }))
      await books.expenses.createMany(scope, { items })
      const rows = [...readCsv(await exported(started, { sort }))].slice(1).map(({ cells }) => cells)
      expect(rows).toHaveLength(1_000)
      expect(new Set(rows.map((cells) => cells[5])).size).toBe(1_000)
      const keys = rows.map((cells) =>
        sort === 'amount' ? Number(cells[2]) : -Number(cells[0]?.replaceAll('-', '')),
      )
      expect(keys).toEqual(keys.toSorted((one, other) => one - other))
    },
  )

  test('takes the filters of the list', async () => {
    const started = await startedBooks()
    const { books, scope, food } = started
    await books.expenses.create(scope, { amount: tzs('1'), categoryId: food.id, expenseDate: '2026-11-01' })
    const counts = [{ categoryId: food.id }, { amountMax: '1' }, { q: 'dala' }, { from: '2026-11-01' }, {}]
    const found = await Promise.all(
      counts.map(async (input) => [...readCsv(await exported(started, input))].length - 1),
    )
    expect(found).toEqual([1, 1, 1, 2, 2])
  })

  test.each([{ limit: 5 }, { cursor: 'x' }, { from: 'x' }])(
    'refuses %j before the first piece',
    async (input) => {
      const { books, scope } = await startedBooks()
      expect((await refusalOf(books.expenses.export(scope, input as never))).code).toBe('invalid_query')
    },
  )

  test('F80 holds nothing of another owner', async () => {
    const { stranger, ...started } = await startedBooks()
    expect(await exported({ ...started, stranger, scope: stranger })).toBe(HEADER)
  })
})
