import { describe, expect, test } from 'vitest'
import {
  addCategory,
  addExpense,
  addInvoice,
  addPayment,
  anExpense,
  aPayment,
  BARAKA,
  openService,
  told,
} from './support/test-service.ts'

const RANDOM = '019a9a60-0000-7000-8000-0000000000ff'

describe("another owner's records", () => {
  test('F79 are told like absent ones, but for instance and requestId', async () => {
    const desk = await openService()
    const expense = await addExpense(desk)
    const category = (await desk.send('GET', `/v1/expenses/${expense}`)).json().categoryId
    const invoice = await addInvoice(desk)
    const payment = await addPayment(desk, invoice, '40')
    const reversal = `/payments/${payment}/reversal`
    const headers = { 'if-match': '*' }
    const change = { body: {}, headers }
    const reason = { body: { reason: 'Asked to' }, headers }
    const urgency = { body: { level: 'high', reason: 'Asked to' }, headers }
    const requests = [
      ['GET', 'categories', category, '', {}],
      ['PATCH', 'categories', category, '', change],
      ['DELETE', 'categories', category, '', { headers: change.headers }],
      ['GET', 'categories', category, '/history', {}],
      ['GET', 'expenses', expense, '', {}],
      ['PATCH', 'expenses', expense, '', change],
      ['DELETE', 'expenses', expense, '', { headers: change.headers }],
      ['GET', 'expenses', expense, '/history', {}],
      ['GET', 'invoices', invoice, '', {}],
      ['PATCH', 'invoices', invoice, '', change],
      ['POST', 'invoices', invoice, '/payments', { body: aPayment('1') }],
      ['POST', 'invoices', invoice, '/void', reason],
      ['PUT', 'invoices', invoice, '/urgency', urgency],
      ['DELETE', 'invoices', invoice, '/urgency', { headers }],
      ['GET', 'invoices', invoice, '/history', {}],
    ] as const
    for (const [method, collection, id, rest, sending] of requests) {
      const foreign = await desk.send(method, `/v1/${collection}/${id}${rest}`, { ...sending, owner: BARAKA })
      const absent = await desk.send(method, `/v1/${collection}/${RANDOM}${rest}`, {
        ...sending,
        owner: BARAKA,
      })
      const nonsense = await desk.send(method, `/v1/${collection}/x${rest}`, { ...sending, owner: BARAKA })
      expect(told(foreign)).toMatchObject({ status: 404, code: 'not_found' })
      expect(told(foreign)).toEqual(told(absent))
      expect(told(foreign)).toEqual(told(nonsense))
      expect(Object.keys(foreign.headers)).toEqual(Object.keys(absent.headers))
      expect(foreign.json().instance).toBe(`/v1/${collection}/${id}${rest}`)
    }
    expect((await desk.send('GET', `/v1/expenses/${expense}`)).json().version).toBe(1)
    expect((await desk.send('GET', `/v1/invoices/${invoice}`)).json().version).toBe(2)
    const foreign = await desk.send('POST', `/v1/invoices/${invoice}${reversal}`, {
      ...reason,
      owner: BARAKA,
    })
    expect(told(foreign)).toMatchObject({ status: 404, detail: 'There is no such invoice.' })
  })

  test('F80 are in no list, sum or file', async () => {
    const desk = await openService()
    await addExpense(desk)
    const other = { owner: BARAKA }
    expect((await desk.send('GET', '/v1/categories', other)).json().data).toEqual([])
    expect((await desk.send('GET', '/v1/expenses', other)).json().data).toEqual([])
    expect((await desk.send('GET', '/v1/expenses/summary', other)).json().groups).toEqual([])
    await addInvoice(desk)
    await desk.send('POST', '/v1/api-keys', { body: { name: 'Till', scopes: ['read'] } })
    for (const url of ['/v1/invoices', '/v1/events', '/v1/api-keys'])
      expect((await desk.send('GET', url, other)).json().data).toEqual([])
    expect((await desk.send('GET', '/v1/invoices/summary', other)).json().open.sums).toEqual([])
    expect((await desk.send('GET', '/v1/expenses/export', other)).body.trim().split('\r\n')).toHaveLength(1)
  })

  test('F80 cannot be paged into with a cursor', async () => {
    const desk = await openService()
    for (const name of ['A', 'B']) await addCategory(desk, name)
    const { nextCursor } = (await desk.send('GET', '/v1/categories?limit=1')).json()
    const url = `/v1/categories?limit=1&cursor=${encodeURIComponent(nextCursor)}`
    expect(told(await desk.send('GET', url, { owner: BARAKA }))).toMatchObject({ code: 'invalid_cursor' })
  })

  test('F81 cannot be filed under', async () => {
    const desk = await openService()
    const categoryId = await addCategory(desk)
    const answer = await desk.send('POST', '/v1/expenses', { body: anExpense(categoryId), owner: BARAKA })
    expect(told(answer)).toMatchObject({ status: 422, code: 'category_not_found' })
  })
})
