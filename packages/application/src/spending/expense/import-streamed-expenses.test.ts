import { describe, expect, test } from 'vitest'
import { type StartedBooks, startedBooks, tzs } from '../../../test/support/open-books.ts'
import { refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'
import { createBooks, isReplay, type UnitOfWork } from '../../index.ts'

const HEADER = 'date,category,amount,description\n'

/** So many rows, cut into pieces of that many characters. */
async function* cut(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

function rows(count: number): string {
  return (
    HEADER + Array.from({ length: count }, (_, at) => `2026-11-01,Usafiri,${at + 1},"Basi, ${at}"\n`).join('')
  )
}

/** As when two transactions meet: the first run of each is undone. */
function runningTwice(unitOfWork: UnitOfWork): UnitOfWork {
  return {
    async transact(scope, work) {
      const undone = new Error('met another')
      const run = unitOfWork.transact(scope, async (tx) => {
        await work(tx)
        throw undone
      })
      await run.catch((failure) => {
        if (failure !== undone) throw failure
      })
      return unitOfWork.transact(scope, work)
    },
  }
}

async function countOf(
  books: StartedBooks['books'],
  scope: StartedBooks['scope'],
): Promise<number | undefined> {
  return (await books.expenses.summarise(scope, { groupBy: 'month' })).groups[0]?.count
}

describe('importing expenses that come in pieces', () => {
  test.each([1, 7, 1000])('takes pieces of %i characters as it takes the whole', async (size) => {
    const { books, scope } = await startedBooks()
    const csv = rows(2500)
    const report = { rows: 2500, accepted: 2500, rejected: [] }
    expect(await books.expenses.import(scope, { csv: cut(csv, size), dryRun: false })).toEqual(report)
    const { total } = await books.expenses.summarise(scope, { to: '2026-11-20', groupBy: 'day' })
    expect(total).toEqual(tzs('3126250.00'))
  })

  test('stores nothing when a row after thousands is rejected, and judges the rest', async () => {
    const started = await startedBooks()
    const { books, scope } = started
    const before = await wholeState(started)
    const csv = `${rows(2500)}2026-11-01,Usafiri,x,\n2026-11-01,Usafiri,1,\n2026-11-01,nowhere,1,\n`
    const { rejected, ...counts } = await books.expenses.import(scope, { csv: cut(csv, 5000), dryRun: false })
    expect(counts).toEqual({ rows: 2503, accepted: 0 })
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [2502, 'amount_invalid'],
      [2504, 'category_not_found'],
    ])
    expect(await wholeState(started)).toEqual(before)
  })

  test.each([true, false])(
    'tells the first ten thousand rejected rows of more (dry run: %s)',
    async (dryRun) => {
      const { books, scope } = await startedBooks()
      const csv = HEADER + 'x\n'.repeat(10_005)
      const { rejected, ...counts } = await books.expenses.import(scope, { csv, dryRun })
      expect(counts).toEqual({ rows: 10_005, accepted: 0 })
      expect(rejected).toHaveLength(10_000)
    },
  )

  test('F12 knows the same text again, however it is cut', async () => {
    const { books, scope } = await startedBooks()
    const keyed = { ...scope, idempotencyKey: 'key-1' }
    const csv = rows(3000)
    const first = await books.expenses.import(keyed, { csv: cut(csv, 999), dryRun: false })
    for (const again of [cut(csv, 50_000), () => cut(csv, 3)]) {
      const replayed = await books.expenses.import(keyed, { csv: again, dryRun: false })
      expect(isReplay(replayed)).toBe(true)
      expect(replayed).toEqual(first)
    }
    expect(await countOf(books, scope)).toBe(3001)
  })

  test.each([
    ['that differs at its end', `${rows(3000)}2026-11-01,Usafiri,1,\n`],
    ['that is cut short', rows(2999)],
  ])('F13 refuses another text under the same key, %s', async (_, other) => {
    const { books, scope } = await startedBooks()
    const keyed = { ...scope, idempotencyKey: 'key-1' }
    await books.expenses.import(keyed, { csv: cut(rows(3000), 999), dryRun: false })
    const again = books.expenses.import(keyed, { csv: cut(other, 999), dryRun: false })
    expect(await refusalOf(again)).toMatchObject({ code: 'idempotency_key_reused' })
  })

  test('keeps the report of rejected rows under the key', async () => {
    const { books, scope } = await startedBooks()
    const keyed = { ...scope, idempotencyKey: 'key-1' }
    const csv = `${rows(3)}x\n`
    const first = await books.expenses.import(keyed, { csv: () => cut(csv, 5), dryRun: false })
    await books.categories.create(scope, { name: 'Kodi' })
    const again = await books.expenses.import(keyed, { csv: cut(csv, 9), dryRun: false })
    expect(isReplay(again)).toBe(true)
    expect(again).toEqual(first)
  })

  test('reads pieces anew when the transaction has to run again', async () => {
    const { ports, scope } = await startedBooks()
    const books = createBooks({ ...ports, unitOfWork: runningTwice(ports.unitOfWork) })
    const keyed = { ...scope, idempotencyKey: 'key-1' }
    const csv = () => cut(rows(1500), 999)
    expect(await books.expenses.import(keyed, { csv, dryRun: false })).toMatchObject({ accepted: 1500 })
    expect(await countOf(books, scope)).toBe(1501)
  })

  test('refuses as overloaded when pieces that come once are needed again', async () => {
    const { ports, scope } = await startedBooks()
    const books = createBooks({ ...ports, unitOfWork: runningTwice(ports.unitOfWork) })
    const csv = cut(rows(3), 5)
    expect(await refusalOf(books.expenses.import(scope, { csv, dryRun: false }))).toMatchObject({
      code: 'overloaded',
    })
  })
})
