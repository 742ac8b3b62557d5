import { describe, expect, test } from 'vitest'
import { AMINA, addCategory, anExpense, BARAKA, openService, told } from './support/test-service.ts'

const KEY = { 'idempotency-key': 'order-66' }

describe('Idempotency-Key', () => {
  test('F12 gives the first answer again, byte for byte, and changes nothing', async () => {
    const desk = await openService()
    const sending = { body: anExpense(await addCategory(desk)), headers: KEY }
    const first = await desk.send('POST', '/v1/expenses', sending)
    const again = await desk.send('POST', '/v1/expenses', sending)
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      etag: first.headers.etag,
      location: first.headers.location,
    })
    expect(first.headers).not.toHaveProperty('idempotency-replayed')
    expect((await desk.send('GET', '/v1/expenses')).json().data).toHaveLength(1)
  })

  test('F12 holds for many at once, for a partial answer and for an import', async () => {
    const desk = await openService()
    const item = anExpense(await addCategory(desk))
    const csv = 'date,category,amount,description\n2026-11-20,Usafiri,1,\n'
    const requests = [
      ['/v1/expenses/bulk', { body: { items: [item] }, headers: { 'idempotency-key': 'all' } }],
      [
        '/v1/expenses/bulk?mode=partial',
        {
          body: { items: [item, { ...item, expenseDate: '2027-01-01' }] },
          headers: { 'idempotency-key': 'some' },
        },
      ],
      [
        '/v1/expenses/import?dryRun=false',
        { body: csv, headers: { 'idempotency-key': 'csv', 'content-type': 'text/csv' } },
      ],
    ] as const
    for (const [url, sending] of requests) {
      const first = await desk.send('POST', url, sending)
      const again = await desk.send('POST', url, sending)
      expect([again.statusCode, again.body]).toEqual([first.statusCode, first.body])
      expect(again.headers['idempotency-replayed']).toBe('true')
    }
    expect((await desk.send('GET', '/v1/expenses')).json().data).toHaveLength(3)
  })

  test('F13 refuses another body or path under the same key', async () => {
    const desk = await openService()
    await desk.send('POST', '/v1/categories', { body: { name: 'Moja' }, headers: KEY })
    const others = [
      ['/v1/categories', { name: 'Mbili' }],
      ['/v1/categories/bulk', { items: [{ name: 'Moja' }] }],
      ['/v1/categories', { name: 'Moja', colour: 'red' }],
    ] as const
    for (const [url, body] of others) {
      const answer = await desk.send('POST', url, { body, headers: KEY })
      expect(told(answer)).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
    }
    expect((await desk.send('GET', '/v1/categories')).json().data).toHaveLength(1)
  })

  test('F14 carries fifty at once out one time', async () => {
    const desk = await openService()
    const sending = { body: { name: 'Moja' }, headers: KEY }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => desk.send('POST', '/v1/categories', sending)),
    )
    const statuses = answers.map(({ statusCode }) => statusCode)
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true)
    const bodies = new Set(answers.filter(({ statusCode }) => statusCode === 201).map(({ body }) => body))
    expect(bodies.size).toBe(1)
    expect((await desk.send('GET', '/v1/categories')).json().data).toHaveLength(1)
  })

  test('F14 says when to come back while the first is being carried out', async () => {
    const desk = await openService()
    desk.memory.failNext('idempotency_in_progress')
    const answer = await desk.send('POST', '/v1/categories', { body: { name: 'Moja' }, headers: KEY })
    expect(told(answer)).toMatchObject({ status: 409, code: 'idempotency_in_progress' })
    expect(answer.headers['retry-after']).toBe('1')
  })

  test('F15 remembers no failure', async () => {
    const desk = await openService()
    const sending = { body: { name: 'Moja' }, headers: KEY }
    desk.memory.failNext('unavailable')
    expect((await desk.send('POST', '/v1/categories', sending)).statusCode).toBe(503)
    const again = await desk.send('POST', '/v1/categories', sending)
    expect(again.statusCode).toBe(201)
    expect(again.headers).not.toHaveProperty('idempotency-replayed')
  })

  test('F15 belongs to one owner and lasts 72 hours', async () => {
    const desk = await openService()
    const sending = { body: { name: 'Moja' }, headers: KEY }
    const ofAmina = await desk.send('POST', '/v1/categories', { ...sending, owner: AMINA })
    const ofBaraka = await desk.send('POST', '/v1/categories', { ...sending, owner: BARAKA })
    expect(ofBaraka.json().id).not.toBe(ofAmina.json().id)
    desk.clock.advance(72 * 60 * 60 * 1000 + 1)
    expect((await desk.send('POST', '/v1/categories', sending)).statusCode).toBe(409)
  })

  test('takes 1 to 255 visible characters', async () => {
    const desk = await openService()
    for (const key of ['', 'a b', 'ä', 'x'.repeat(256), 'a\tb']) {
      const headers = { 'idempotency-key': key }
      const answer = await desk.send('POST', '/v1/categories', { body: { name: 'Moja' }, headers })
      expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_header' })
    }
    const headers = { 'idempotency-key': 'x'.repeat(255) }
    expect((await desk.send('POST', '/v1/categories', { body: { name: 'Moja' }, headers })).statusCode).toBe(
      201,
    )
  })

  test('means nothing where nothing is posted', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    const headers = { 'idempotency-key': '', 'if-match': '"v1"' }
    expect((await desk.send('PATCH', url, { body: {}, headers })).statusCode).toBe(200)
  })
})
