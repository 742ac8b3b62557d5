import { describe, expect, test } from 'vitest'
import { addCategory, addExpense, anExpense, openService, told } from './support/test-service.ts'

const V1 = { 'if-match': '"v1"' }
const FUTURE = '2026-11-22'

describe('expenses over HTTP', () => {
  test('are created with 201 and shown as they were', async () => {
    const desk = await openService()
    const categoryId = await addCategory(desk)
    const answer = await desk.send('POST', '/v1/expenses', { body: anExpense(categoryId) })
    const view = answer.json()
    expect(answer.statusCode).toBe(201)
    expect(answer.headers).toMatchObject({ location: `/v1/expenses/${view.id}`, etag: '"v1"' })
    expect(view).toMatchObject({
      amount: { amount: '12500.00', currency: 'TZS' },
      categoryId,
      description: null,
    })
    const shown = await desk.send('GET', answer.headers.location as string)
    expect(shown.body).toBe(answer.body)
    expect(shown.headers.etag).toBe('"v1"')
  })

  test('tell every fault of an input with where it is', async () => {
    const desk = await openService()
    const body = {
      amount: { amount: 12500, currency: 'TZS' },
      categoryId: 'x',
      expenseDate: '2026-1-5',
      colour: 1,
    }
    const answer = await desk.send('POST', '/v1/expenses', { body })
    expect(answer.statusCode).toBe(422)
    const faults = answer.json().errors.map(({ pointer, code }: Fault) => [pointer, code])
    expect(faults.sort()).toEqual([
      ['/amount/amount', 'amount_invalid'],
      ['/categoryId', 'text_invalid'],
      ['/colour', 'unknown_field'],
      ['/expenseDate', 'date_invalid'],
    ])
  })

  test('say which category is not there', async () => {
    const desk = await openService()
    const categoryId = '019a9a60-0000-7000-8000-0000000000ff'
    const answer = await desk.send('POST', '/v1/expenses', { body: anExpense(categoryId) })
    expect(told(answer)).toMatchObject({
      status: 422,
      code: 'category_not_found',
      errors: [{ pointer: '/categoryId', code: 'category_not_found' }],
    })
  })

  test('are filtered by several categories with commas, by dates and amounts', async () => {
    const desk = await openService()
    const [one, two, three] = await Promise.all(['A', 'B', 'C'].map((name) => addCategory(desk, name)))
    for (const categoryId of [one, two, three]) await addExpense(desk, { categoryId })
    const old = await addExpense(desk, { categoryId: one, expenseDate: '2026-11-01' })
    const count = async (query: string): Promise<number> =>
      (await desk.send('GET', `/v1/expenses?${query}`)).json().data.length
    expect(await count(`categoryId=${one},${two}`)).toBe(3)
    expect(await count(`categoryId=${one}&from=2026-11-02`)).toBe(1)
    expect(await count('amountMin=12500.01')).toBe(0)
    const oldest = await desk.send('GET', '/v1/expenses?sort=expenseDate&limit=1')
    expect(oldest.json().data[0].id).toBe(old)
  })

  test('are corrected in part: null clears, what is absent stays', async () => {
    const desk = await openService()
    const id = await addExpense(desk, { description: 'Basi' })
    const answer = await desk.send('PATCH', `/v1/expenses/${id}`, {
      body: { description: null },
      headers: V1,
    })
    expect(answer.json()).toMatchObject({ version: 2, description: null, expenseDate: '2026-11-21' })
  })

  test('may move to another category through the field that the body shares with no path', async () => {
    const desk = await openService()
    const id = await addExpense(desk)
    const categoryId = await addCategory(desk, 'Nyingine')
    const answer = await desk.send('PATCH', `/v1/expenses/${id}`, { body: { categoryId }, headers: V1 })
    expect(answer.json()).toMatchObject({ version: 2, categoryId })
  })

  test('add up by category, month or day', async () => {
    const desk = await openService()
    const categoryId = await addCategory(desk)
    await addExpense(desk, { categoryId })
    await addExpense(desk, { categoryId, expenseDate: '2026-10-01' })
    const total = { amount: '25000.00', currency: 'TZS' }
    expect((await desk.send('GET', '/v1/expenses/summary')).json()).toEqual({
      groups: [{ key: categoryId, label: 'Usafiri', count: 2, total }],
      total,
    })
    const months = (
      await desk.send('GET', `/v1/expenses/summary?groupBy=month&categoryId=${categoryId}`)
    ).json()
    expect(months.groups.map(({ key }: { key: string }) => key)).toEqual(['2026-10', '2026-11'])
  })

  test('tell their history newest first with what changed', async () => {
    const desk = await openService()
    const id = await addExpense(desk)
    await desk.send('PATCH', `/v1/expenses/${id}`, { body: { description: 'Basi' }, headers: V1 })
    const { data } = (await desk.send('GET', `/v1/expenses/${id}/history`)).json()
    expect(data[0]).toMatchObject({
      type: 'expense.updated',
      version: 2,
      by: 'user:1',
      changes: { description: { before: null, after: 'Basi' } },
    })
  })
})

describe('many expenses at once', () => {
  test('are all taken with 201', async () => {
    const desk = await openService()
    const item = anExpense(await addCategory(desk))
    const answer = await desk.send('POST', '/v1/expenses/bulk', { body: { items: [item, item] } })
    expect(answer.statusCode).toBe(201)
    expect(Object.keys(answer.json())).toEqual(['data'])
    expect(answer.json().data).toHaveLength(2)
  })

  test('are all refused when one is, with pointers into the items', async () => {
    const desk = await openService()
    const item = anExpense(await addCategory(desk))
    const items = [item, item, item, { ...item, amount: { amount: '1e3', currency: 'TZS' } }]
    const answer = await desk.send('POST', '/v1/expenses/bulk', { body: { items } })
    expect(told(answer)).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ pointer: '/items/3/amount/amount', code: 'amount_invalid' }],
    })
    expect((await desk.send('GET', '/v1/expenses')).json().data).toEqual([])
  })

  test('stand alone in partial mode, each with its status', async () => {
    const desk = await openService()
    const item = anExpense(await addCategory(desk))
    const stray = anExpense('019a9a60-0000-7000-8000-0000000000ff')
    const items = [item, { ...item, expenseDate: FUTURE }, stray]
    const answer = await desk.send('POST', '/v1/expenses/bulk?mode=partial', { body: { items } })
    expect(answer.statusCode).toBe(200)
    const { results } = answer.json()
    expect(results.map(({ index, status }: Result) => [index, status])).toEqual([
      [0, 201],
      [1, 422],
      [2, 422],
    ])
    expect(results[0].data).toMatchObject({ version: 1 })
    expect(results[1].problem).toMatchObject({
      type: 'urn:daftari:problem:validation_failed',
      status: 422,
      code: 'validation_failed',
      errors: [{ pointer: '/items/1/expenseDate', code: 'date_in_future' }],
    })
    expect(results[2].problem).toMatchObject({
      code: 'category_not_found',
      errors: [{ pointer: '/items/2/categoryId', code: 'category_not_found' }],
    })
    expect((await desk.send('GET', '/v1/expenses')).json().data).toHaveLength(1)
  })

  test('tell a category that is taken with the status it would have alone', async () => {
    const desk = await openService()
    const items = [{ name: 'Usafiri' }, { name: 'usafiri' }]
    const { results } = (
      await desk.send('POST', '/v1/categories/bulk?mode=partial', { body: { items } })
    ).json()
    expect(results.map(({ status }: Result) => status)).toEqual([201, 409])
  })

  test.each(['mode=some', 'mode=', 'mode=all&mode=all', 'Mode=partial'])('refuse ?%s', async (query) => {
    const desk = await openService()
    const answer = await desk.send('POST', `/v1/expenses/bulk?${query}`, { body: { items: [] } })
    expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_query' })
  })
})

describe('settings over HTTP', () => {
  test('are shown as version 0 before anybody changed them', async () => {
    const desk = await openService()
    const answer = await desk.send('GET', '/v1/settings')
    expect(answer.headers.etag).toBe('"v0"')
    expect(answer.json()).toMatchObject({ version: 0, baseCurrency: 'TZS', createdAt: null })
  })

  test('merge what is nested', async () => {
    const desk = await openService()
    const body = { expensePolicy: { max: '5000' } }
    const answer = await desk.send('PATCH', '/v1/settings', { body, headers: { 'if-match': '"v0"' } })
    expect(answer.headers.etag).toBe('"v1"')
    expect(answer.json().expensePolicy).toEqual({ min: '0.01', max: '5000.00' })
    const categoryId = await addCategory(desk)
    const refused = await desk.send('POST', '/v1/expenses', { body: anExpense(categoryId) })
    expect(refused.json().errors[0].code).toBe('amount_out_of_policy')
  })

  test('keep the base currency once an expense was recorded in it', async () => {
    const desk = await openService()
    await addExpense(desk)
    const body = { baseCurrency: 'EUR' }
    const answer = await desk.send('PATCH', '/v1/settings', { body, headers: { 'if-match': '"v0"' } })
    expect(told(answer)).toMatchObject({ status: 409, code: 'base_currency_frozen' })
  })
})

interface Fault {
  readonly pointer: string
  readonly code: string
}

interface Result {
  readonly index: number
  readonly status: number
}
