import { DomainError } from '@daftari/application'
import { describe, expect, test } from 'vitest'
import {
  addCategory,
  addExpense,
  addInvoice,
  addPayment,
  aPayment,
  openService,
  type Sending,
  type TestService,
  told,
} from './support/test-service.ts'

const NOBODY = '019a9a60-0000-7000-8000-0000000000ff'
const STALE = { 'if-match': '"v9"' }
const JUNK = { 'if-match': 'W/"v1"' }

async function codeOf(desk: TestService, method: string, url: string, sending: Sending): Promise<string> {
  return String(told(await desk.send(method, url, sending)).code)
}

/** Each step takes one fault away, so that the next one shows. */
async function expectOrder(
  desk: TestService,
  method: string,
  steps: readonly (readonly [code: string, url: string, sending: Sending])[],
): Promise<void> {
  for (const [code, url, sending] of steps)
    expect([code, await codeOf(desk, method, url, sending)]).toEqual([code, code])
}

describe('the order of refusals: 401, 403, 400, 404, 428, 412, 422, 409', () => {
  test('holds for a change', async () => {
    const desk = await openService()
    const there = `/v1/categories/${await addCategory(desk)}`
    const absent = `/v1/categories/${NOBODY}`
    await addCategory(desk, 'Nyingine')
    const wrong = { name: '' }
    await expectOrder(desk, 'PATCH', [
      ['unauthenticated', `${absent}?x=1`, { owner: null, body: '{', headers: JUNK }],
      ['scope_missing', `${absent}?x=1`, { scopes: ['read', 'admin'], body: '{', headers: JUNK }],
      ['malformed_json', absent, { body: '{', headers: STALE }],
      ['invalid_header', absent, { body: wrong, headers: JUNK }],
      ['invalid_query', `${absent}?x=1`, { body: wrong, headers: STALE }],
      ['not_found', absent, { body: wrong }],
      ['precondition_required', there, { body: wrong }],
      ['concurrent_change', there, { body: wrong, headers: STALE }],
      ['validation_failed', there, { body: wrong, headers: { 'if-match': '*' } }],
      ['category_name_taken', there, { body: { name: 'Nyingine' }, headers: { 'if-match': '*' } }],
    ])
  })

  test('holds for a body that cannot be handed to the use case', async () => {
    const desk = await openService()
    const there = `/v1/expenses/${await addExpense(desk)}`
    for (const body of [[], { version: 1 }, { expenseId: NOBODY }]) {
      await expectOrder(desk, 'PATCH', [
        ['not_found', `/v1/expenses/${NOBODY}`, { body }],
        ['precondition_required', there, { body }],
        ['concurrent_change', there, { body, headers: STALE }],
        ['validation_failed', there, { body, headers: { 'if-match': '"v1"' } }],
      ])
    }
  })

  test('holds for a deletion', async () => {
    const desk = await openService()
    const categoryId = await addCategory(desk)
    await addExpense(desk, { categoryId })
    const there = `/v1/categories/${categoryId}`
    const absent = `/v1/categories/${NOBODY}`
    await expectOrder(desk, 'DELETE', [
      ['unauthenticated', `${absent}?x=1`, { owner: null }],
      ['scope_missing', `${absent}?x=1`, { scopes: ['read'] }],
      ['invalid_query', `${absent}?x=1`, {}],
      ['not_found', absent, {}],
      ['precondition_required', there, {}],
      ['concurrent_change', there, { headers: STALE }],
      ['category_in_use', there, { headers: { 'if-match': '"v1"' } }],
    ])
  })

  test('holds for a payment, which needs no version', async () => {
    const desk = await openService()
    const paid = await addInvoice(desk)
    await addPayment(desk, paid, '100')
    const there = `/v1/invoices/${paid}/payments`
    const absent = `/v1/invoices/${NOBODY}/payments`
    const wrong = { reference: 7 }
    await expectOrder(desk, 'POST', [
      ['unauthenticated', `${absent}?x=1`, { owner: null, body: '{', headers: JUNK }],
      ['scope_missing', `${absent}?x=1`, { scopes: ['read', 'admin'], body: '{', headers: JUNK }],
      ['malformed_json', absent, { body: '{', headers: STALE }],
      ['malformed_json', absent, { headers: STALE }],
      ['invalid_header', absent, { body: wrong, headers: JUNK }],
      ['invalid_header', absent, { body: wrong, headers: { 'idempotency-key': '' } }],
      ['invalid_query', `${absent}?x=1`, { body: wrong }],
      ['not_found', absent, { body: wrong }],
      ['concurrent_change', there, { body: wrong, headers: STALE }],
      ['validation_failed', there, { body: wrong }],
      ['invoice_already_settled', there, { body: aPayment('1') }],
    ])
  })

  test.each([
    ['POST', (paymentId: string) => `/payments/${paymentId}/reversal`, { reason: 'x' }],
    ['PUT', () => '/urgency', { level: 'low', reason: 'x' }],
    ['POST', () => '/void', { reason: 'x' }],
  ] as const)('holds for %s of what happens to an invoice (%#)', async (method, pathOf, right) => {
    const desk = await openService()
    const id = await addInvoice(desk)
    const paymentId = await addPayment(desk, id, '40')
    const there = `/v1/invoices/${id}${pathOf(paymentId)}`
    const absent = `/v1/invoices/${NOBODY}${pathOf(NOBODY)}`
    for (const wrong of [
      { ...right, reason: '' },
      [],
      { ...right, version: 2 },
      { ...right, invoiceId: id },
    ]) {
      await expectOrder(desk, method, [
        ['unauthenticated', `${absent}?x=1`, { owner: null, body: '{', headers: JUNK }],
        ['scope_missing', `${absent}?x=1`, { scopes: ['read', 'admin'], body: '{', headers: JUNK }],
        ['malformed_json', absent, { body: '{', headers: STALE }],
        ['invalid_header', absent, { body: wrong, headers: JUNK }],
        ['invalid_query', `${absent}?x=1`, { body: wrong, headers: STALE }],
        ['not_found', absent, { body: wrong }],
        ['precondition_required', there, { body: wrong }],
        ['concurrent_change', there, { body: wrong, headers: STALE }],
        ['validation_failed', there, { body: wrong, headers: { 'if-match': '"v2"' } }],
      ])
    }
  })

  test('asks who it is before it says that a route is not there', async () => {
    const desk = await openService()
    expect(await codeOf(desk, 'GET', '/v1/nothing', { owner: null })).toBe('unauthenticated')
    expect(await codeOf(desk, 'GET', '/v1/nothing', {})).toBe('not_found')
    expect(await codeOf(desk, 'PUT', '/v1/categories', { body: {} })).toBe('not_found')
    expect(await codeOf(desk, 'GET', '/v1/expenses/', {})).toBe('not_found')
  })
})

describe('scopes', () => {
  const reads = [
    '/v1/categories',
    '/v1/expenses',
    '/v1/expenses/summary',
    '/v1/expenses/export',
    '/v1/invoices',
    '/v1/invoices/summary',
    '/v1/events',
    '/v1/event-types',
  ]

  test.each(reads)('GET %s wants read and nothing else', async (url) => {
    const desk = await openService()
    expect((await desk.send('GET', url, { scopes: ['read'] })).statusCode).toBe(200)
    const refused = await desk.send('GET', url, { scopes: ['write', 'admin'] })
    expect(told(refused)).toMatchObject({
      status: 403,
      detail: 'The request needs the scope read, which the key does not have. Use a key with this scope.',
    })
  })

  test('settings want admin, for looking too', async () => {
    const desk = await openService()
    expect((await desk.send('GET', '/v1/settings', { scopes: ['admin'] })).statusCode).toBe(200)
    expect((await desk.send('GET', '/v1/settings', { scopes: ['read', 'write'] })).statusCode).toBe(403)
    const change = { scopes: ['read', 'write'], body: {}, headers: { 'if-match': '*' } } as const
    expect((await desk.send('PATCH', '/v1/settings', change)).statusCode).toBe(403)
  })

  test('a caller who is not known is told how to say who it is', async () => {
    const desk = await openService()
    const answer = await desk.send('GET', '/v1/categories', { owner: null })
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })

  test('HEAD is answered like GET, without the body', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    const answer = await desk.send('HEAD', url, { scopes: ['read'] })
    expect([answer.statusCode, answer.headers.etag, answer.body]).toEqual([200, '"v1"', ''])
    expect((await desk.send('HEAD', url, { owner: null })).statusCode).toBe(401)
    expect((await desk.send('HEAD', '/v1/expenses/export')).body).toBe('')
  })
})

describe('If-Match', () => {
  const refused = ['"v1", "v2"', 'W/"v1"', 'v1', '"1"', '""', '"v01"', '"v1" ', '*,*', '"v-1"', '"v1e3"', '']
  test.each(refused)('refuses %j', async (tag) => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    const answer = await desk.send('PATCH', url, { body: {}, headers: { 'if-match': tag } })
    expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_header' })
  })

  test('F16 lets one of two writers through and shows the other what there is', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    const headers = { 'if-match': '"v1"' }
    const answers = await Promise.all(
      ['Moja', 'Mbili'].map((name) => desk.send('PATCH', url, { body: { name }, headers })),
    )
    const [won, lost] = answers.toSorted((one, other) => one.statusCode - other.statusCode)
    expect([won?.statusCode, lost?.statusCode]).toEqual([200, 412])
    expect(lost?.headers).toMatchObject({ etag: '"v2"', 'content-type': 'application/problem+json' })
    expect(lost?.json()).toMatchObject({ code: 'concurrent_change', current: won?.json() })
    expect((await desk.send('PATCH', url, { body: {} })).statusCode).toBe(428)
    expect((await desk.send('GET', `${url}/history`)).json().data).toHaveLength(2)
  })

  test('F17 deletes once', async () => {
    const desk = await openService()
    const url = `/v1/expenses/${await addExpense(desk)}`
    const headers = { 'if-match': '"v1"' }
    expect((await desk.send('DELETE', url, { headers })).statusCode).toBe(204)
    expect((await desk.send('DELETE', url, { headers })).statusCode).toBe(404)
    const { data } = (await desk.send('GET', `${url}/history`)).json()
    expect(data.map(({ type }: { type: string }) => type)).toEqual(['expense.deleted', 'expense.created'])
  })

  test('shows the settings that a stale change missed', async () => {
    const desk = await openService()
    const answer = await desk.send('PATCH', '/v1/settings', { body: {}, headers: { 'if-match': '"v3"' } })
    expect(answer.headers.etag).toBe('"v0"')
    expect(answer.json()).toMatchObject({ status: 412, current: { version: 0, baseCurrency: 'TZS' } })
  })

  test('says 404 when the record went while it was being changed', async () => {
    const desk = await openService((books) => ({
      ...books,
      categories: {
        ...books.categories,
        async update(scope, { categoryId }) {
          await books.categories.delete(scope, { categoryId, version: '*' })
          throw new DomainError('concurrent_change', { kind: 'category', id: categoryId })
        },
      },
    }))
    const url = `/v1/categories/${await addCategory(desk)}`
    const answer = await desk.send('PATCH', url, { body: { name: 'Mpya' }, headers: { 'if-match': '"v1"' } })
    expect(told(answer)).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('query parameters', () => {
  test.each([
    '/v1/categories?limit=0',
    '/v1/categories?limit=101',
    '/v1/categories?limit=1e1',
    '/v1/categories?limit=',
    '/v1/categories?limit=5&limit=5',
    '/v1/categories?sort=__proto__',
    '/v1/categories?__proto__=1',
    '/v1/expenses?sort=amount;drop',
    '/v1/expenses?categoryId=',
    '/v1/expenses?amountMin=1e3',
    '/v1/expenses?from=2026-1-5',
    '/v1/expenses/summary?groupBy=year',
    '/v1/expenses/summary?limit=5',
    `/v1/expenses/${NOBODY}/history?kind=category`,
    `/v1/expenses/${NOBODY}/history?id=${NOBODY}`,
    `/v1/categories/${NOBODY}?fields=name`,
    '/v1/settings?x',
    '/v1/expenses?cursor',
  ])('F76 refuses %s', async (url) => {
    const desk = await openService()
    const answer = await desk.send('GET', url)
    expect(answer.statusCode).toBe(400)
    expect(told(answer).code).toMatch(/^invalid_(query|cursor)$/)
  })

  test('name the nearest that is known', async () => {
    const desk = await openService()
    const answer = await desk.send('GET', '/v1/expenses?categoryid=x')
    expect(told(answer).detail).toBe('There is no parameter categoryid; the nearest is categoryId.')
  })

  test('F76 take a hostile search', async () => {
    const desk = await openService()
    const answer = await desk.send('GET', `/v1/expenses?q=${encodeURIComponent('(a+)+$'.repeat(5000))}`)
    expect([200, 400]).toContain(answer.statusCode)
  })
})
