import { describe, expect, test } from 'vitest'
import { addCategory, addExpense, openService, told } from './support/test-service.ts'

const V1 = { 'if-match': '"v1"' }

describe('categories over HTTP', () => {
  test('are created with 201, where they are and which version', async () => {
    const desk = await openService()
    const answer = await desk.send('POST', '/v1/categories', { body: { name: ' Usafiri ' } })
    const view = answer.json()
    expect(answer.statusCode).toBe(201)
    expect(answer.headers).toMatchObject({
      location: `/v1/categories/${view.id}`,
      etag: '"v1"',
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    })
    expect(answer.headers['x-request-id']).toBeTruthy()
    expect(answer.headers).not.toHaveProperty('idempotency-replayed')
    expect(view).toEqual({
      id: view.id,
      version: 1,
      name: 'Usafiri',
      expenseCount: 0,
      total: { amount: '0.00', currency: 'TZS' },
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'user:1',
      updatedAt: '2026-11-21T09:00:00.000Z',
    })
    expect((await desk.send('GET', `/v1/categories/${view.id}`)).json()).toEqual(view)
  })

  test('are listed by name in pages', async () => {
    const desk = await openService()
    for (const name of ['Chakula', 'Afya', 'Bima']) await addCategory(desk, name)
    const first = (await desk.send('GET', '/v1/categories?limit=2')).json()
    expect(first.data.map(({ name }: { name: string }) => name)).toEqual(['Afya', 'Bima'])
    const cursor = encodeURIComponent(first.nextCursor)
    const second = (await desk.send('GET', `/v1/categories?limit=2&cursor=${cursor}`)).json()
    expect(second.data.map(({ name }: { name: string }) => name)).toEqual(['Chakula'])
    expect(second.nextCursor).toBeNull()
    const other = await desk.send('GET', `/v1/categories?limit=2&q=bima&cursor=${cursor}`)
    expect(told(other)).toMatchObject({ status: 400, code: 'invalid_cursor' })
  })

  test('are shown with a tag that changes with the version', async () => {
    const desk = await openService()
    const id = await addCategory(desk)
    const url = `/v1/categories/${id}`
    const changed = await desk.send('PATCH', url, { body: { name: 'Safari' }, headers: V1 })
    expect(changed.statusCode).toBe(200)
    expect(changed.headers.etag).toBe('"v2"')
    const shown = await desk.send('GET', url)
    expect(shown.headers.etag).toBe('"v2"')
    expect(shown.body).toBe(changed.body)
  })

  test('keep their version when a change changes nothing', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    for (const body of [{}, { name: 'Usafiri' }]) {
      const answer = await desk.send('PATCH', url, { body, headers: V1 })
      expect(answer.statusCode).toBe(200)
      expect(answer.headers.etag).toBe('"v1"')
    }
    expect((await desk.send('GET', `${url}/history`)).json().data).toHaveLength(1)
  })

  test('refuse a name that is taken', async () => {
    const desk = await openService()
    await addCategory(desk)
    const answer = await desk.send('POST', '/v1/categories', { body: { name: 'USAFIRI' } })
    expect(told(answer)).toEqual({
      type: 'urn:daftari:problem:category_name_taken',
      title: 'The category name is taken',
      status: 409,
      code: 'category_name_taken',
      detail: 'Another category is already called "Usafiri".',
      errors: [],
    })
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({
      instance: '/v1/categories',
      requestId: answer.headers['x-request-id'],
    })
  })

  test('go with 204 and no body', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    const answer = await desk.send('DELETE', url, { headers: V1 })
    expect(answer.statusCode).toBe(204)
    expect(answer.body).toBe('')
    expect((await desk.send('GET', url)).statusCode).toBe(404)
  })

  test('stay while they are in use, unless another takes the expenses', async () => {
    const desk = await openService()
    const used = await addCategory(desk)
    const other = await addCategory(desk, 'Nyingine')
    const expense = await addExpense(desk, { categoryId: used })
    const refused = await desk.send('DELETE', `/v1/categories/${used}`, { headers: V1 })
    expect(told(refused)).toMatchObject({
      status: 409,
      code: 'category_in_use',
      detail: 'The category is used by 1 expense.',
    })
    const merged = await desk.send('DELETE', `/v1/categories/${used}?mergeInto=${other}`, { headers: V1 })
    expect(merged.statusCode).toBe(204)
    expect((await desk.send('GET', `/v1/expenses/${expense}`)).json()).toMatchObject({
      categoryId: other,
      version: 2,
    })
  })

  test('are not merged into one that is not there', async () => {
    const desk = await openService()
    const id = await addCategory(desk)
    const answer = await desk.send('DELETE', `/v1/categories/${id}?mergeInto=nowhere`, { headers: V1 })
    expect(told(answer)).toMatchObject({ status: 422, code: 'category_not_found' })
  })

  test('tell their history, also after they are gone', async () => {
    const desk = await openService()
    const url = `/v1/categories/${await addCategory(desk)}`
    await desk.send('DELETE', url, { headers: V1 })
    const { data, nextCursor } = (await desk.send('GET', `${url}/history`)).json()
    expect(data.map(({ type }: { type: string }) => type)).toEqual(['category.deleted', 'category.created'])
    expect(data[1].changes).toEqual({ name: { before: null, after: 'Usafiri' } })
    expect(nextCursor).toBeNull()
    const first = (await desk.send('GET', `${url}/history?limit=1`)).json()
    expect(first.data).toEqual([data[0]])
    const rest = await desk.send('GET', `${url}/history?cursor=${encodeURIComponent(first.nextCursor)}`)
    expect(rest.json().data).toEqual([data[1]])
  })
})
