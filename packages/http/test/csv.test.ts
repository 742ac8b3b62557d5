import { describe, expect, test } from 'vitest'
import { addCategory, addExpense, openService, told } from './support/test-service.ts'

const CSV = { 'content-type': 'text/csv' }
const HEADER = 'date,category,amount,description\n'
const ROW = '2026-11-20,usafiri,12500.50,Basi\n'

describe('the export', () => {
  test('is a file in UTF-8 with a byte order mark, and defuses formulas', async () => {
    const desk = await openService()
    const id = await addExpense(desk, { description: '=1+1' })
    const answer = await desk.send('GET', '/v1/expenses/export')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="expenses.csv"',
      'cache-control': 'no-store',
    })
    expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const rows = `date,category,amount,currency,description,id\r\n2026-11-21,Usafiri,12500.00,TZS,'=1+1,${id}\r\n`
    expect(answer.body.replace('\ufeff', '')).toBe(rows)
  })

  test('takes the filters of the list', async () => {
    const desk = await openService()
    await addExpense(desk)
    const answer = await desk.send('GET', '/v1/expenses/export?from=2026-11-22')
    expect(answer.body.trim().split('\r\n')).toHaveLength(1)
  })

  test('is refused as a problem before the first byte', async () => {
    const desk = await openService()
    const answer = await desk.send('GET', '/v1/expenses/export?limit=5')
    expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_query' })
  })
})

describe('the import', () => {
  test('changes nothing unless it is told to', async () => {
    const desk = await openService()
    await addCategory(desk)
    for (const query of ['', '?dryRun=true']) {
      const answer = await desk.send('POST', `/v1/expenses/import${query}`, {
        body: HEADER + ROW,
        headers: CSV,
      })
      expect(answer.json()).toEqual({ rows: 1, accepted: 1, rejected: [] })
    }
    expect((await desk.send('GET', '/v1/expenses')).json().data).toEqual([])
    const taken = await desk.send('POST', '/v1/expenses/import?dryRun=false', {
      body: HEADER + ROW,
      headers: CSV,
    })
    expect(taken.json()).toEqual({ rows: 1, accepted: 1, rejected: [] })
    expect((await desk.send('GET', '/v1/expenses')).json().data[0].amount.amount).toBe('12500.50')
  })

  test('takes no row when one is rejected, and says which', async () => {
    const desk = await openService()
    await addCategory(desk)
    const body = `${HEADER}${ROW}2026-11-20,nowhere,1,\n`
    const answer = await desk.send('POST', '/v1/expenses/import?dryRun=false', { body, headers: CSV })
    expect(answer.json()).toMatchObject({
      rows: 2,
      accepted: 0,
      rejected: [{ line: 3, code: 'category_not_found' }],
    })
    expect((await desk.send('GET', '/v1/expenses')).json().data).toEqual([])
  })

  test('refuses another header, no text at all, and bytes that are no UTF-8', async () => {
    const desk = await openService()
    for (const body of ['a,b\n1,2\n', '', Buffer.from([0xff, 0xfe, 0x41])]) {
      const answer = await desk.send('POST', '/v1/expenses/import', { body, headers: CSV })
      expect(answer.statusCode).toBe(422)
    }
    expect((await desk.send('POST', '/v1/expenses/import')).statusCode).toBe(422)
  })

  test('takes what is larger than any JSON may be, and knows it again (F12)', async () => {
    const desk = await openService()
    await addCategory(desk)
    const row = `2026-11-20,usafiri,1,${'maelezo '.repeat(60)}\n`
    const sending = { body: HEADER + row.repeat(3000), headers: { ...CSV, 'idempotency-key': 'large' } }
    expect(sending.body.length).toBeGreaterThan(1024 * 1024)
    const first = await desk.send('POST', '/v1/expenses/import?dryRun=false', sending)
    expect(first.json()).toEqual({ rows: 3000, accepted: 3000, rejected: [] })
    const again = await desk.send('POST', '/v1/expenses/import?dryRun=false', sending)
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true'])
    const exported = (await desk.send('GET', '/v1/expenses/export')).body
    expect(exported.trim().split('\r\n')).toHaveLength(3001)
  })

  test('takes CSV only, and the rest takes no CSV', async () => {
    const desk = await openService()
    const json = await desk.send('POST', '/v1/expenses/import', { body: {} })
    expect(told(json)).toMatchObject({ status: 415, code: 'unsupported_type' })
    const csv = await desk.send('POST', '/v1/expenses', { body: HEADER, headers: CSV })
    expect(told(csv)).toMatchObject({ status: 415, code: 'unsupported_type' })
  })

  test.each(['dryRun=no', 'dryRun=', 'dryrun=false'])('refuses ?%s rather than guess', async (query) => {
    const desk = await openService()
    const answer = await desk.send('POST', `/v1/expenses/import?${query}`, {
      body: HEADER + ROW,
      headers: CSV,
    })
    expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_query' })
  })
})
