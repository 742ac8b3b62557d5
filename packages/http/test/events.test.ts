import { EVENT_TYPES } from '@daftari/application'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import {
  AMINA,
  addCategory,
  addExpense,
  addInvoice,
  addPayment,
  openService,
  told,
} from './support/test-service.ts'

interface Told {
  readonly type: string
  readonly subject: string
  readonly aggregateversion: number
}

const typesOf = (data: readonly Told[]) => data.map(({ type }) => type)

describe('the feed over HTTP', () => {
  test('tells what happened, oldest first, and never ends', async () => {
    const desk = await openService()
    const empty = (await desk.send('GET', '/v1/events')).json()
    expect(empty).toEqual({ data: [], nextCursor: expect.any(String) })
    const invoice = await addInvoice(desk)
    await addPayment(desk, invoice, '100')
    const after = encodeURIComponent(empty.nextCursor)
    const { data } = (await desk.send('GET', `/v1/events?after=${after}`)).json()
    expect(typesOf(data)).toEqual(['invoice.registered', 'invoice.payment_recorded', 'invoice.paid'])
    expect(data[0]).toMatchObject({
      specversion: '1.0',
      source: `/owners/${AMINA}`,
      subject: invoice,
      aggregatetype: 'invoice',
      aggregateversion: 1,
      actor: 'user:1',
      data: { before: null, after: { number: 'INV-1' } },
    })
  })

  test('goes on after the cursor, page by page, and finds what came since', async () => {
    const desk = await openService()
    await addExpense(desk)
    const first = (await desk.send('GET', '/v1/events?limit=1')).json()
    expect(typesOf(first.data)).toEqual(['category.created'])
    const after = `after=${encodeURIComponent(first.nextCursor)}`
    const second = (await desk.send('GET', `/v1/events?limit=1&${after}`)).json()
    expect(typesOf(second.data)).toEqual(['expense.created'])
    const end = `/v1/events?after=${encodeURIComponent(second.nextCursor)}`
    expect((await desk.send('GET', end)).json().data).toEqual([])
    await addCategory(desk, 'Nyingine')
    expect(typesOf((await desk.send('GET', end)).json().data)).toEqual(['category.created'])
  })

  test('tells only the types asked for, with commas, and a cursor is for them alone', async () => {
    const desk = await openService()
    await addExpense(desk)
    const invoice = await addInvoice(desk)
    await addPayment(desk, invoice, '100')
    const types = 'types=expense.created,invoice.paid'
    const { data, nextCursor } = (await desk.send('GET', `/v1/events?${types}`)).json()
    expect(typesOf(data)).toEqual(['expense.created', 'invoice.paid'])
    const other = await desk.send('GET', `/v1/events?after=${encodeURIComponent(nextCursor)}`)
    expect(told(other)).toMatchObject({ status: 400, code: 'invalid_cursor' })
  })

  test('F76 does not tell what is for the audit only, and says so of unknown types', async () => {
    const desk = await openService()
    const headers = { 'if-match': '"v0"' }
    await desk.send('PATCH', '/v1/settings', { body: { maxCategories: 5 }, headers })
    await desk.send('POST', '/v1/api-keys', { body: { name: 'Till', scopes: ['read'] } })
    expect((await desk.send('GET', '/v1/events')).json().data).toEqual([])
    for (const query of [
      'types=settings.updated',
      'types=',
      'types=x',
      'after=abc.def',
      'limit=101',
      'cursor=x',
    ]) {
      const answer = await desk.send('GET', `/v1/events?${query}`)
      expect([query, answer.statusCode]).toEqual([query, 400])
    }
  })
})

describe('the types of events over HTTP', () => {
  test('each have a schema and an example that fits it and no other', async () => {
    const desk = await openService()
    const { data } = (await desk.send('GET', '/v1/event-types')).json()
    expect(data).toHaveLength(EVENT_TYPES.length)
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    for (const { type, schema, example } of data) {
      expect(example.type).toBe(type)
      const fits = ajv.compile(schema)
      expect([type, fits(example), fits.errors]).toEqual([type, true, null])
      for (const other of data) expect(fits(other.example)).toBe(other.type === type)
    }
  })

  test('describe what the feed tells', async () => {
    const desk = await openService()
    await addExpense(desk)
    const invoice = await addInvoice(desk)
    await addPayment(desk, invoice, '100')
    const { data: types } = (await desk.send('GET', '/v1/event-types')).json()
    const { data: events } = (await desk.send('GET', '/v1/events')).json()
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    expect(events).toHaveLength(5)
    for (const event of events) {
      const { schema } = types.find(({ type }: Told) => type === event.type)
      const fits = ajv.compile({ ...schema, $id: event.id })
      expect([event.type, fits(event), fits.errors]).toEqual([event.type, true, null])
    }
  })
})
