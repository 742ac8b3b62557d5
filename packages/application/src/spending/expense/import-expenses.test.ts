import { describe, expect, test } from 'vitest'
import { type StartedBooks, startedBooks, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'

const HEADER = 'date,category,amount,description\n'

function importing({ books, scope }: StartedBooks, csv: string, dryRun?: boolean) {
  return books.expenses.import(scope, dryRun === undefined ? { csv } : { csv, dryRun })
}

async function imported({ books, scope }: StartedBooks) {
  const { data } = await books.expenses.list(scope, { to: '2026-11-20', sort: 'expenseDate' })
  return data.map(({ expenseDate, categoryId, amount, description }) => [
    expenseDate,
    categoryId,
    amount.amount,
    description,
  ])
}

describe('importing expenses', () => {
  test('is a dry run unless asked otherwise, and changes nothing', async () => {
    const started = await startedBooks()
    const before = await wholeState(started)
    const csv = `${HEADER}2026-11-01,Usafiri,100,\n2026-11-02,Hakuna,1,\n`
    const report = {
      rows: 2,
      accepted: 1,
      rejected: [{ line: 3, code: 'category_not_found', detail: 'There is no category Hakuna.' }],
    }
    expect(await importing(started, csv)).toEqual(report)
    expect(await importing(started, csv, true)).toEqual(report)
    expect(await wholeState(started)).toEqual(before)
  })

  test('stores every row when asked to, each with its event', async () => {
    const started = await startedBooks()
    const { books, scope, transport, food } = started
    const csv = `${HEADER}2026-11-01,Usafiri,100.5,Basi\n 2026-11-02 , chakula , 9 ,\n2026-11-03,ＵＳＡＦＩＲＩ,1\n`
    expect(await importing(started, csv, false)).toEqual({ rows: 3, accepted: 3, rejected: [] })
    expect(await imported(started)).toEqual([
      ['2026-11-01', transport.id, '100.50', 'Basi'],
      ['2026-11-02', food.id, '9.00', null],
      ['2026-11-03', transport.id, '1.00', null],
    ])
    const [last] = (await books.expenses.list(scope, { to: '2026-11-20' })).data
    expect(last).toMatchObject({ version: 1, createdBy: 'amina', createdAt: '2026-11-21T09:00:00.000Z' })
    const history = await books.history.list(scope, { kind: 'expense', id: last?.id ?? '' })
    expect(history.data.map(({ type }) => type)).toEqual(['expense.created'])
  })

  test('stores nothing when one row is rejected', async () => {
    const started = await startedBooks()
    const before = await wholeState(started)
    const csv = `${HEADER}2026-11-01,Usafiri,100,\n2026-11-02,Usafiri,1e3,\n`
    expect(await importing(started, csv, false)).toEqual({
      rows: 2,
      accepted: 0,
      rejected: [{ line: 3, code: 'amount_invalid', detail: expect.stringContaining('1e3') }],
    })
    expect(await wholeState(started)).toEqual(before)
  })

  test('takes a byte order mark, any line break, and a header in any case', async () => {
    const started = await startedBooks()
    const csv =
      '\ufeffDate, CATEGORY ,Amount,Description\r\n\r\n2026-11-01,Usafiri,5,"Basi, ""VIP""\r\nya pili"\r\n'
    expect(await importing(started, csv, false)).toMatchObject({ accepted: 1, rejected: [] })
    expect(await imported(started)).toEqual([
      ['2026-11-01', started.transport.id, '5.00', 'Basi, "VIP"\r\nya pili'],
    ])
  })

  test('names the line on which a rejected row begins, also behind line breaks in quotes', async () => {
    const started = await startedBooks()
    const csv = `${HEADER}2026-11-01,Usafiri,5,"one\ntwo\nthree"\n\n2026-11-32,Usafiri,5,\n"2026-11-33",Usafiri,5,"\n"\n2026-11-34,Usafiri,5,`
    const { rows, rejected } = await importing(started, csv)
    expect(rows).toBe(4)
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([
      [6, 'date_invalid'],
      [7, 'date_invalid'],
      [9, 'date_invalid'],
    ])
  })

  test.each([
    ['2026-11-22,Usafiri,5,', 'date_in_future', '2026-11-22 is after today, 2026-11-21'],
    ['2026-02-30,Usafiri,5,', 'date_invalid', expect.stringContaining('YYYY-MM-DD')],
    ['2026-11-01,Usafiri,0,', 'amount_out_of_policy', 'the amount must be from 0.01 to 1000000.00 TZS'],
    ['2026-11-01,Usafiri,"1,000",', 'amount_invalid', expect.stringContaining('1,000')],
    ['2026-11-01,Usafiri', 'amount_invalid', expect.any(String)],
    ['2026-11-01', 'category_not_found', 'There is no category .'],
    ['2026-11-01,Kodi,5,', 'category_not_found', 'There is no category Kodi.'],
    ['2026-11-01,Usafiri,5,a,b', 'text_invalid', 'the row has 5 cells, not 4'],
    ['2026-11-01,Usafiri,5,"a', 'text_invalid', 'a quote is opened and never closed'],
    ['2026-11-01,Usafiri,5,a\u0000', 'text_invalid', 'contains a control character'],
    [`2026-11-01,Usafiri,5,${'x'.repeat(501)}`, 'text_invalid', 'is longer than 500 characters'],
  ])('rejects the row %j with %s', async (row, code, detail) => {
    const started = await startedBooks()
    expect(await importing(started, HEADER + row)).toEqual({
      rows: 1,
      accepted: 0,
      rejected: [{ line: 2, code, detail }],
    })
  })

  test('never takes the rows behind an open quote for a description', async () => {
    const started = await startedBooks()
    const csv = `${HEADER}2026-11-01,Usafiri,5,"Basi\n2026-11-02,Usafiri,6,Teksi\n`
    expect(await importing(started, csv, false)).toMatchObject({ accepted: 0, rejected: [{ line: 2 }] })
    expect(await imported(started)).toEqual([])
  })

  test.each([
    ['', 'nothing'],
    ['\n\n', 'blank lines'],
    ['date;category;amount;description\n', 'other separators'],
    ['date,category,amount\n', 'a column too few'],
    ['date,category,amount,description,id\n', 'a column too many'],
    ['category,date,amount,description\n', 'another order'],
    ['2026-11-01,Usafiri,5,\n', 'no header'],
    ['"date,category,amount,description\n', 'an open quote'],
    ['"date,category,amount,description"\n', 'one cell'],
  ])('refuses a header that is %j: %s', async (csv) => {
    expect(await refusalOf(importing(await startedBooks(), csv, false))).toMatchObject({
      code: 'validation_failed',
      details: {
        errors: [
          {
            pointer: '',
            code: 'text_invalid',
            detail: 'the first line must be date,category,amount,description',
          },
        ],
      },
    })
  })

  test('of a header alone accepts no rows', async () => {
    expect(await importing(await startedBooks(), HEADER, false)).toEqual({
      rows: 0,
      accepted: 0,
      rejected: [],
    })
  })

  test('refuses what is no text, no answer to the dry run, and unknown fields', async () => {
    const { books, scope } = await startedBooks()
    const input = { csv: 5, dryRun: 'false', mode: 'all' }
    expect(await faultsOf(books.expenses.import(scope, input as never))).toEqual([
      '/csv text_invalid',
      '/dryRun text_invalid',
      '/mode unknown_field',
    ])
  })

  test("does not know another owner's categories", async () => {
    const started = await startedBooks()
    await started.books.categories.create(started.stranger, { name: 'Kodi' })
    const { rejected } = await importing(started, `${HEADER}2026-11-01,Kodi,5,`)
    expect(rejected).toEqual([expect.objectContaining({ code: 'category_not_found' })])
  })

  test('counts the currency of the books for every amount', async () => {
    const started = await startedBooks()
    await importing(started, `${HEADER}2026-11-01,Usafiri,12500,`, false)
    const { data } = await started.books.expenses.list(started.scope, { to: '2026-11-20' })
    expect(data.map(({ amount }) => amount)).toEqual([tzs('12500.00')])
  })
})
