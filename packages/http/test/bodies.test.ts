import { describe, expect, test } from 'vitest'
import { addCategory, addExpense, anExpense, openService, told } from './support/test-service.ts'

const AMOUNTS = [
  ...['1e309', '1e3', '0.001', '-0', '-1', '+1', 'NaN', 'Infinity', '', ' 1', '1\u00a0', '1,000.00'],
  ...['١٢', '１２', '0x10', '01', '1.', '.5', '0', '0.00', 12500, 12500.5, null, ['1'], { amount: '1' }],
]

describe('a body', () => {
  test.each(AMOUNTS)('F66 is refused with the amount %j', async (amount) => {
    const desk = await openService()
    const body = { ...anExpense(await addCategory(desk)), amount: { amount, currency: 'TZS' } }
    const answer = await desk.send('POST', '/v1/expenses', { body })
    expect(answer.statusCode).toBe(422)
    const [fault] = answer.json().errors
    expect(fault.code).toMatch(/^amount_(invalid|out_of_policy)$/)
    expect(fault.pointer).toMatch(/^\/amount/)
  })

  test('F66 with a number as amount is told how to write it', async () => {
    const desk = await openService()
    const body = { ...anExpense(await addCategory(desk)), amount: { amount: 12500, currency: 'TZS' } }
    const answer = await desk.send('POST', '/v1/expenses', { body })
    expect(answer.json().errors[0].detail).toBe('send amounts as strings, e.g. "12500.00"')
  })

  test.each([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"name":"a","deep":[{"__proto__":{"polluted":1}}]}',
    '{"\\u005f_proto__":{"polluted":1}}',
  ])('F73 that reaches for the prototype is refused: %s', async (body) => {
    const desk = await openService()
    const answer = await desk.send('POST', '/v1/categories', { body })
    expect(told(answer)).toMatchObject({ status: 400, code: 'malformed_json' })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test.each(['id', 'ownerId', 'owner_id', 'version', 'status', 'categoryId', 'expenseCount', 'createdBy'])(
    'F74 of a category has no field %s',
    async (field) => {
      const desk = await openService()
      const url = `/v1/categories/${await addCategory(desk)}`
      const body = { name: 'Mpya', [field]: '019a9a60-0000-7000-8000-0000000000ff' }
      const created = await desk.send('POST', '/v1/categories', { body })
      const changed = await desk.send('PATCH', url, { body, headers: { 'if-match': '"v1"' } })
      for (const answer of [created, changed]) {
        expect(told(answer)).toMatchObject({
          status: 422,
          errors: [{ pointer: `/${field}`, code: 'unknown_field', detail: `there is no field ${field}` }],
        })
      }
      expect((await desk.send('GET', url)).json()).toMatchObject({ version: 1, name: 'Usafiri' })
    },
  )

  test.each(['expenseId', 'version', 'kind', 'dryRun'])(
    'F74 of an expense has no field %s',
    async (field) => {
      const desk = await openService()
      const url = `/v1/expenses/${await addExpense(desk)}`
      const body = { description: 'Basi', [field]: 1 }
      const answer = await desk.send('PATCH', url, { body, headers: { 'if-match': '"v1"' } })
      expect(told(answer)).toMatchObject({
        status: 422,
        errors: [{ pointer: `/${field}`, code: 'unknown_field' }],
      })
      expect((await desk.send('GET', url)).json().description).toBeNull()
    },
  )

  test('F74 of settings has no version, and one of many no mode', async () => {
    const desk = await openService()
    const settings = await desk.send('PATCH', '/v1/settings', {
      body: { version: 0, maxCategories: 5 },
      headers: { 'if-match': '"v0"' },
    })
    expect(settings.json().errors).toMatchObject([{ pointer: '/version', code: 'unknown_field' }])
    for (const url of ['/v1/categories/bulk', '/v1/expenses/bulk?mode=all']) {
      const bulk = await desk.send('POST', url, { body: { items: [{}], mode: 'partial' } })
      expect(bulk.statusCode).toBe(422)
      expect(bulk.json().errors).toContainEqual(
        expect.objectContaining({ pointer: '/mode', code: 'unknown_field' }),
      )
    }
  })

  test.each(['[]', '[{"name":"a"}]', '"text"', '5', 'null', 'true'])(
    'that is no object is refused: %s',
    async (body) => {
      const desk = await openService()
      const url = `/v1/categories/${await addCategory(desk)}`
      const answers = [
        await desk.send('POST', '/v1/categories', { body }),
        await desk.send('POST', '/v1/expenses/bulk', { body }),
        await desk.send('PATCH', url, { body, headers: { 'if-match': '"v1"' } }),
      ]
      for (const answer of answers)
        expect(told(answer)).toMatchObject({ status: 422, code: 'validation_failed' })
    },
  )

  test.each(['', '{', '{"name":}', '{"name":"a"} x', "{'name':'a'}", 'NaN'])(
    'that is no JSON is refused: %j',
    async (body) => {
      const desk = await openService()
      const answer = await desk.send('POST', '/v1/categories', { body })
      expect(told(answer)).toMatchObject({ status: 400, code: 'malformed_json' })
    },
  )

  test('that is missing is refused', async () => {
    const desk = await openService()
    expect(told(await desk.send('POST', '/v1/categories'))).toMatchObject({
      status: 400,
      code: 'malformed_json',
    })
  })

  test('that is no UTF-8 is refused', async () => {
    const desk = await openService()
    const body = Buffer.from('{"name":"caf\xe9"}', 'latin1')
    expect((await desk.send('POST', '/v1/categories', { body })).statusCode).toBe(400)
  })

  test.each([
    'text/plain',
    'application/jsonx',
    'application/merge-patch+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'json',
  ])('F75 is not taken as %s', async (type) => {
    const desk = await openService()
    const headers = { 'content-type': type }
    const answer = await desk.send('POST', '/v1/categories', { body: '{"name":"a"}', headers })
    expect(told(answer)).toMatchObject({ status: 415, code: 'unsupported_type' })
  })

  test.each([
    'application/json\t',
    ' application/json',
    'application/json;',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/json\t; x=y',
  ])('F75 sent as %j is judged or not taken', async (type) => {
    const desk = await openService()
    const headers = { 'content-type': type }
    const wrong = await desk.send('POST', '/v1/categories', { body: '{"name":""}', headers })
    expect([415, 422]).toContain(wrong.statusCode)
  })

  test('F75 without a type is not taken', async () => {
    const desk = await openService()
    const headers = { authorization: 'Bearer 019a9a60-0000-7000-8000-00000000000a write' }
    const answer = await desk.app.inject({
      method: 'POST',
      url: '/v1/categories',
      headers,
      payload: '{"name":"a"}',
    })
    expect(answer.statusCode).toBe(415)
  })

  test.each([
    ['100,000 levels', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['100,000 levels of objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 400],
    ['a mebibyte of brackets', '['.repeat(1024 * 1024), 400],
    ['a mebibyte and a byte', `"${'x'.repeat(1024 * 1024 - 1)}"`, 413],
    ['a name of a mebibyte', `{"name":"${'x'.repeat(1024 * 1024 - 11)}"}`, 422],
  ])('F77 of %s is refused and nothing else happens', async (_, body, status) => {
    const desk = await openService()
    const headers = { 'idempotency-key': 'deep' }
    const answer = await desk.send('POST', '/v1/categories', { body, headers })
    expect(answer.statusCode).toBe(status)
    expect((await desk.send('GET', '/v1/categories')).statusCode).toBe(200)
  })

  test('is not needed for a deletion, whatever its type says', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    const headers = { 'if-match': '"v1"', 'content-type': 'application/json' }
    expect((await desk.send('DELETE', url, { headers })).statusCode).toBe(204)
  })
})
