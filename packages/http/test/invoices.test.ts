import { describe, expect, test } from 'vitest'
import {
  addInvoice,
  addPayment,
  anInvoice,
  openService,
  type TestService,
  told,
} from './support/test-service.ts'

const V1 = { 'if-match': '"v1"' }
const NOBODY = '019a9a60-0000-7000-8000-0000000000ff'

const tzs = (amount: string) => ({ amount, currency: 'TZS' })

async function numbersOf(desk: TestService, query: string): Promise<string[]> {
  const { data } = (await desk.send('GET', `/v1/invoices?${query}`)).json()
  return data.map(({ number }: { number: string }) => number)
}

describe('invoices over HTTP', () => {
  test('are created with 201 and shown as they were', async () => {
    const desk = await openService()
    const answer = await desk.send('POST', '/v1/invoices', { body: anInvoice() })
    const view = answer.json()
    expect(answer.statusCode).toBe(201)
    expect(answer.headers).toMatchObject({
      location: `/v1/invoices/${view.id}`,
      etag: '"v1"',
      'cache-control': 'no-store',
    })
    expect(view).toEqual({
      id: view.id,
      version: 1,
      status: 'pending',
      supplier: { name: 'Tanesco', taxId: null, iban: null },
      number: 'INV-1',
      issueDate: null,
      dueDate: '2026-12-05',
      total: tzs('100.00'),
      subtotal: null,
      tax: null,
      notes: null,
      attachmentIds: [],
      duplicateReason: null,
      voidReason: null,
      payments: [],
      paid: tzs('0.00'),
      balance: tzs('100.00'),
      isOverdue: false,
      urgency: {
        level: 'high',
        rank: 3,
        source: 'calculated',
        daysUntilDue: 14,
        reason: null,
        setBy: null,
        setAt: null,
      },
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'user:1',
      updatedAt: '2026-11-21T09:00:00.000Z',
    })
    const shown = await desk.send('GET', answer.headers.location as string)
    expect([shown.statusCode, shown.body, shown.headers.etag]).toEqual([200, answer.body, '"v1"'])
  })

  test('tell every fault of an input with where it is', async () => {
    const desk = await openService()
    const body = { supplier: { name: '' }, number: 'INV-1', dueDate: '2026-1-5', total: tzs('1'), colour: 1 }
    const answer = await desk.send('POST', '/v1/invoices', { body })
    expect(answer.statusCode).toBe(422)
    const faults = answer.json().errors.map(({ pointer, code }: Fault) => [pointer, code])
    expect(faults.sort()).toEqual([
      ['/colour', 'unknown_field'],
      ['/dueDate', 'date_invalid'],
      ['/supplier/name', 'name_invalid'],
    ])
  })

  test('say that subtotal and tax are not the total', async () => {
    const desk = await openService()
    const body = anInvoice({ subtotal: tzs('80'), tax: tzs('18') })
    const answer = await desk.send('POST', '/v1/invoices', { body })
    expect(told(answer)).toMatchObject({ status: 422, errors: [{ code: 'totals_do_not_add_up' }] })
  })

  test('say which file is not there', async () => {
    const desk = await openService()
    const answer = await desk.send('POST', '/v1/invoices', { body: anInvoice({ attachmentIds: [NOBODY] }) })
    expect(told(answer)).toMatchObject({
      status: 422,
      code: 'attachment_not_found',
      errors: [{ pointer: '/attachmentIds', code: 'attachment_not_found' }],
    })
  })

  test('are refused as probable duplicates, naming the twin, unless a reason is given', async () => {
    const desk = await openService()
    const twin = await addInvoice(desk)
    const body = anInvoice({ supplier: { name: 'TANESCO' }, number: 'inv - 1' })
    const refused = await desk.send('POST', '/v1/invoices', { body })
    expect(told(refused)).toMatchObject({ status: 409, code: 'invoice_probable_duplicate' })
    expect(told(refused).detail).toContain(twin)
    const reasoned = { ...body, duplicateReason: 'Two meters' }
    expect((await desk.send('POST', '/v1/invoices', { body: reasoned })).statusCode).toBe(201)
  })

  test('are corrected in part: null clears, what is absent stays', async () => {
    const desk = await openService()
    const url = `/v1/invoices/${await addInvoice(desk, { notes: 'Meter 7' })}`
    const body = { notes: null, supplier: { taxId: '100-1' } }
    const answer = await desk.send('PATCH', url, { body, headers: V1 })
    expect(answer.headers.etag).toBe('"v2"')
    expect(answer.json()).toMatchObject({
      version: 2,
      notes: null,
      supplier: { name: 'Tanesco', taxId: '100-1' },
    })
    const same = await desk.send('PATCH', url, { body, headers: { 'if-match': '"v2"' } })
    expect([same.statusCode, same.body]).toEqual([200, answer.body])
    expect((await desk.send('GET', `${url}/history`)).json().data).toHaveLength(2)
  })

  test('keep their amounts from the first payment on', async () => {
    const desk = await openService()
    const id = await addInvoice(desk)
    await addPayment(desk, id, '40')
    const sending = { body: { total: tzs('120') }, headers: { 'if-match': '"v2"' } }
    const answer = await desk.send('PATCH', `/v1/invoices/${id}`, sending)
    expect(told(answer)).toMatchObject({ status: 409, code: 'amount_frozen' })
  })

  test('tell their history newest first with what changed', async () => {
    const desk = await openService()
    const url = `/v1/invoices/${await addInvoice(desk)}`
    await desk.send('PATCH', url, { body: { dueDate: '2026-12-06' }, headers: V1 })
    const { data } = (await desk.send('GET', `${url}/history`)).json()
    expect(data[0]).toMatchObject({
      type: 'invoice.updated',
      version: 2,
      by: 'user:1',
      changes: { dueDate: { before: '2026-12-05', after: '2026-12-06' } },
    })
    expect(data[1].type).toBe('invoice.registered')
  })
})

describe('the list of invoices', () => {
  async function openWithInvoices(): Promise<TestService> {
    const desk = await openService()
    await addInvoice(desk, { number: 'LATE', dueDate: '2026-11-20', supplier: { name: 'Dawasa' } })
    await addInvoice(desk, { number: 'SOON', dueDate: '2026-11-25', total: tzs('300') })
    await addInvoice(desk, { number: 'LATER', dueDate: '2026-12-01', total: tzs('200') })
    const paid = await addInvoice(desk, { number: 'PAID', dueDate: '2026-11-19' })
    await addPayment(desk, paid, '100')
    const partly = await addInvoice(desk, { number: 'PARTLY', dueDate: '2027-03-01', notes: 'Pump house' })
    await addPayment(desk, partly, '40')
    return desk
  }

  test.each([
    ['', ['PAID', 'LATE', 'SOON', 'LATER', 'PARTLY']],
    ['sort=-total', ['SOON', 'LATER', 'PARTLY', 'PAID', 'LATE']],
    ['sort=-createdAt', ['PARTLY', 'PAID', 'LATER', 'SOON', 'LATE']],
    ['sort=urgency', ['LATE', 'SOON', 'LATER', 'PARTLY', 'PAID']],
    ['status=paid', ['PAID']],
    ['status=paid,partly_paid', ['PAID', 'PARTLY']],
    ['urgency=critical,high', ['SOON', 'LATER']],
    ['overdue=true', ['LATE']],
    ['overdue=false', ['PAID', 'SOON', 'LATER', 'PARTLY']],
    ['number=soon', ['SOON']],
    ['supplier=dawa', ['LATE']],
    ['dueFrom=2026-11-25&dueTo=2026-12-01', ['SOON', 'LATER']],
    ['q=pump', ['PARTLY']],
  ])('?%s gives %j', async (query, numbers) => {
    expect(await numbersOf(await openWithInvoices(), query)).toEqual(numbers)
  })

  test('is paged, with a cursor for its own filters only', async () => {
    const desk = await openWithInvoices()
    const first = (await desk.send('GET', '/v1/invoices?sort=urgency&limit=2')).json()
    const cursor = encodeURIComponent(first.nextCursor)
    expect(await numbersOf(desk, `sort=urgency&limit=2&cursor=${cursor}`)).toEqual(['LATER', 'PARTLY'])
    const other = await desk.send('GET', `/v1/invoices?sort=dueDate&limit=2&cursor=${cursor}`)
    expect(told(other)).toMatchObject({ status: 400, code: 'invalid_cursor' })
  })

  test('hints at overdue=true where somebody asks for the status overdue', async () => {
    const desk = await openService()
    for (const status of ['overdue', 'paid,overdue']) {
      const answer = await desk.send('GET', `/v1/invoices?status=${status}`)
      expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_query' })
      expect(told(answer).detail).toContain('overdue=true')
    }
  })

  test.each(['overdue=1', 'overdue=', 'urgency=urgent', 'urgency=', 'sort=total', 'dueFrom=x', 'level=high'])(
    'F76 refuses ?%s',
    async (query) => {
      const answer = await (await openService()).send('GET', `/v1/invoices?${query}`)
      expect(told(answer)).toMatchObject({ status: 400, code: 'invalid_query' })
    },
  )

  test('adds up what is open, by urgency and currency', async () => {
    const desk = await openWithInvoices()
    const answer = await desk.send('GET', '/v1/invoices/summary')
    const sums = (count: number, total: string) => ({ sums: [{ currency: 'TZS', count, total }] })
    expect(answer.json()).toEqual({
      levels: [
        { level: 'overdue', rank: 1, ...sums(1, '100.00') },
        { level: 'critical', rank: 2, ...sums(1, '300.00') },
        { level: 'high', rank: 3, ...sums(1, '200.00') },
        { level: 'medium', rank: 4, sums: [] },
        { level: 'low', rank: 5, ...sums(1, '60.00') },
      ],
      overdue: sums(1, '100.00'),
      open: sums(4, '660.00'),
    })
    expect((await desk.send('GET', '/v1/invoices/summary?from=2026-01-01')).statusCode).toBe(400)
  })
})

interface Fault {
  readonly pointer: string
  readonly code: string
}
