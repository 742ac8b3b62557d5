import { describe, expect, test } from 'vitest'
import { addInvoice, addPayment, aPayment, openService, told } from './support/test-service.ts'

const KEY = { 'idempotency-key': 'pay-1' }
const NOBODY = '019a9a60-0000-7000-8000-0000000000ff'
const reason = 'Asked to'

const tzs = (amount: string) => ({ amount, currency: 'TZS' })
const seen = (version: number) => ({ 'if-match': `"v${version}"` })

async function openWithInvoice() {
  const desk = await openService()
  const id = await addInvoice(desk)
  return { desk, id, url: `/v1/invoices/${id}` }
}

describe('payments over HTTP', () => {
  test('answer 201 with the invoice, where it is and which version', async () => {
    const { desk, id, url } = await openWithInvoice()
    const answer = await desk.send('POST', `${url}/payments`, { body: aPayment('40') })
    expect(answer.statusCode).toBe(201)
    expect(answer.headers).toMatchObject({ etag: '"v2"', location: url })
    expect(answer.json()).toMatchObject({
      id,
      version: 2,
      status: 'partly_paid',
      paid: tzs('40.00'),
      balance: tzs('60.00'),
      payments: [
        {
          amount: tzs('40.00'),
          paidOn: '2026-11-21',
          method: 'bank',
          reference: null,
          reversal: null,
          createdBy: 'user:1',
        },
      ],
    })
    expect((await desk.send('GET', url)).body).toBe(answer.body)
  })

  test('that settle are two versions, and the invoice has no urgency any more', async () => {
    const { desk, url } = await openWithInvoice()
    const answer = await desk.send('POST', `${url}/payments`, { body: aPayment('100') })
    expect(answer.headers.etag).toBe('"v3"')
    expect(answer.json()).toMatchObject({ status: 'paid', balance: tzs('0.00'), urgency: null })
  })

  test('go without If-Match, and are held to the one they have', async () => {
    const { desk, url } = await openWithInvoice()
    const pay = (headers: Record<string, string>) =>
      desk.send('POST', `${url}/payments`, { body: aPayment('1'), headers })
    expect((await pay({})).statusCode).toBe(201)
    expect((await pay(seen(2))).statusCode).toBe(201)
    expect((await pay({ 'if-match': '*' })).statusCode).toBe(201)
    const stale = await pay(seen(2))
    expect(stale.headers.etag).toBe('"v4"')
    expect(stale.json()).toMatchObject({ code: 'concurrent_change', status: 412, current: { version: 4 } })
    expect(told(await pay({ 'if-match': 'W/"v4"' }))).toMatchObject({ status: 400, code: 'invalid_header' })
    expect((await desk.send('GET', url)).json().payments).toHaveLength(3)
  })

  test('F12 repeated under a key give the first answer byte for byte, and are paid once', async () => {
    const { desk, url } = await openWithInvoice()
    const pay = (headers: object) =>
      desk.send('POST', `${url}/payments`, { body: aPayment('60'), headers: { ...KEY, ...headers } })
    const first = await pay(seen(1))
    for (const again of [
      await pay(seen(1)),
      await pay(seen(2)),
      await pay({}),
      await pay({ 'if-match': '*' }),
    ]) {
      expect([again.statusCode, again.body]).toEqual([201, first.body])
      expect(again.headers).toMatchObject({
        'idempotency-replayed': 'true',
        etag: '"v2"',
        location: first.headers.location,
      })
    }
    expect(first.headers).not.toHaveProperty('idempotency-replayed')
    expect((await desk.send('GET', url)).json().paid).toEqual(tzs('60.00'))
  })

  test('F13 refuse another amount, and another invoice, under the same key', async () => {
    const { desk, url } = await openWithInvoice()
    const other = `/v1/invoices/${await addInvoice(desk, { number: 'INV-2' })}`
    await desk.send('POST', `${url}/payments`, { body: aPayment('1'), headers: KEY })
    for (const [path, amount] of [
      [url, '2'],
      [other, '1'],
    ]) {
      const answer = await desk.send('POST', `${path}/payments`, {
        body: aPayment(String(amount)),
        headers: KEY,
      })
      expect(told(answer)).toMatchObject({ status: 422, code: 'idempotency_key_reused' })
    }
  })

  test('F14 that come fifty times at once under a key are paid once', async () => {
    const { desk, url } = await openWithInvoice()
    const sending = { body: aPayment('60'), headers: KEY }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => desk.send('POST', `${url}/payments`, sending)),
    )
    expect(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true)
    expect((await desk.send('GET', url)).json().payments).toHaveLength(1)
  })

  test('are refused beyond the balance, when all is paid, and on a void invoice', async () => {
    const { desk, url } = await openWithInvoice()
    const pay = (amount: string) => desk.send('POST', `${url}/payments`, { body: aPayment(amount) })
    expect(told(await pay('100.01'))).toMatchObject({
      status: 422,
      code: 'payment_exceeds_balance',
      detail: 'The payment exceeds the balance of the invoice, 100.00 TZS.',
    })
    await pay('100')
    expect(told(await pay('1'))).toMatchObject({ status: 409, code: 'invoice_already_settled' })
    const other = `/v1/invoices/${await addInvoice(desk, { number: 'INV-2' })}`
    await desk.send('POST', `${other}/void`, { body: { reason }, headers: seen(1) })
    const answer = await desk.send('POST', `${other}/payments`, { body: aPayment('1') })
    expect(told(answer)).toMatchObject({ status: 409, code: 'invoice_void' })
  })

  test('tell every fault, the day in the future too', async () => {
    const { desk, url } = await openWithInvoice()
    const body = { amount: { amount: 1, currency: 'TZS' }, paidOn: '21.11.2026', method: 'gold', fee: 1 }
    const answer = await desk.send('POST', `${url}/payments`, { body })
    const faults = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    expect([answer.statusCode, faults.sort()]).toEqual([
      422,
      ['/amount/amount', '/fee', '/method', '/paidOn'],
    ])
    const tomorrow = { ...aPayment('1'), paidOn: '2026-11-22' }
    const late = await desk.send('POST', `${url}/payments`, { body: tomorrow })
    expect(told(late)).toMatchObject({ errors: [{ pointer: '/paidOn', code: 'date_in_future' }] })
  })

  test.each(['version', 'invoiceId'])('refuse the field %s, which is no part of a payment', async (field) => {
    const { desk, url } = await openWithInvoice()
    const body = { ...aPayment('1'), [field]: 1 }
    const answer = await desk.send('POST', `${url}/payments`, { body })
    expect(told(answer)).toMatchObject({
      status: 422,
      errors: [{ pointer: `/${field}`, code: 'unknown_field' }],
    })
    const stale = await desk.send('POST', `${url}/payments`, { body, headers: seen(9) })
    expect(told(stale)).toMatchObject({ status: 412 })
    const absent = await desk.send('POST', `/v1/invoices/${NOBODY}/payments`, { body })
    expect(told(absent)).toMatchObject({ status: 404 })
  })
})

describe('the reversal of a payment over HTTP', () => {
  test('answers 200 with the invoice, which is pending again after the last one', async () => {
    const { desk, id, url } = await openWithInvoice()
    const [one, other] = [await addPayment(desk, id, '40'), await addPayment(desk, id, '60')]
    const takeBack = (payment: string, version: number) =>
      desk.send('POST', `${url}/payments/${payment}/reversal`, { body: { reason }, headers: seen(version) })
    const first = await takeBack(other, 4)
    expect(first.statusCode).toBe(200)
    expect(first.headers).toMatchObject({ etag: '"v5"' })
    expect(first.headers).not.toHaveProperty('location')
    expect(first.json()).toMatchObject({
      status: 'partly_paid',
      balance: tzs('60.00'),
      payments: [
        { id: one, reversal: null },
        { id: other, reversal: { reason, at: '2026-11-21T09:00:00.000Z', by: 'user:1' } },
      ],
    })
    const second = await takeBack(one, 5)
    expect(second.json()).toMatchObject({ status: 'pending', paid: tzs('0.00') })
    const again = await takeBack(one, 6)
    expect(told(again)).toMatchObject({ status: 409, code: 'payment_already_reversed' })
  })

  test('F12 repeated under a key gives the first answer', async () => {
    const { desk, id, url } = await openWithInvoice()
    const path = `${url}/payments/${await addPayment(desk, id, '40')}/reversal`
    const sending = { body: { reason }, headers: { ...KEY, ...seen(2) } }
    const first = await desk.send('POST', path, sending)
    const again = await desk.send('POST', path, sending)
    expect([again.statusCode, again.body]).toEqual([200, first.body])
    expect(again.headers['idempotency-replayed']).toBe('true')
  })

  test('of a payment there is not is told like any absent record', async () => {
    const { desk, url } = await openWithInvoice()
    for (const payment of [NOBODY, 'x']) {
      const path = `${url}/payments/${payment}/reversal`
      const answer = await desk.send('POST', path, { body: { reason }, headers: seen(1) })
      expect(told(answer)).toMatchObject({ status: 404, detail: 'There is no such payment.' })
    }
  })
})

describe('the urgency of an invoice over HTTP', () => {
  test('is set by hand and let go again', async () => {
    const { desk, url } = await openWithInvoice()
    const body = { level: 'critical', reason: 'Power will be cut' }
    const set = await desk.send('PUT', `${url}/urgency`, { body, headers: seen(1) })
    expect([set.statusCode, set.headers.etag]).toEqual([200, '"v2"'])
    expect(set.json().urgency).toEqual({
      level: 'critical',
      rank: 2,
      source: 'manual',
      daysUntilDue: 14,
      reason: 'Power will be cut',
      setBy: 'user:1',
      setAt: '2026-11-21T09:00:00.000Z',
    })
    const cleared = await desk.send('DELETE', `${url}/urgency`, { headers: seen(2) })
    expect([cleared.statusCode, cleared.headers.etag]).toEqual([200, '"v3"'])
    expect(cleared.json().urgency).toMatchObject({ level: 'high', source: 'calculated' })
    const nothing = await desk.send('DELETE', `${url}/urgency`, { headers: seen(3) })
    expect([nothing.statusCode, nothing.body]).toEqual([200, cleared.body])
  })

  test('takes no idempotency key into account, for it is not posted', async () => {
    const { desk, url } = await openWithInvoice()
    const headers = { 'idempotency-key': '', ...seen(1) }
    const answer = await desk.send('PUT', `${url}/urgency`, { body: { level: 'low', reason }, headers })
    expect(answer.statusCode).toBe(200)
  })

  test('is refused where nothing is left to pay', async () => {
    const { desk, id, url } = await openWithInvoice()
    await addPayment(desk, id, '100')
    const set = await desk.send('PUT', `${url}/urgency`, { body: { level: 'low', reason }, headers: seen(3) })
    expect(told(set)).toMatchObject({ status: 409, code: 'invoice_already_settled' })
    const cleared = await desk.send('DELETE', `${url}/urgency`, { headers: seen(3) })
    expect(told(cleared)).toMatchObject({ status: 409, code: 'invoice_already_settled' })
  })
})

describe('a void invoice over HTTP', () => {
  test('answers 200, says why, and is never void twice', async () => {
    const { desk, url } = await openWithInvoice()
    const answer = await desk.send('POST', `${url}/void`, { body: { reason }, headers: seen(1) })
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"v2"'])
    expect(answer.json()).toMatchObject({ status: 'void', voidReason: reason, urgency: null })
    const again = await desk.send('POST', `${url}/void`, { body: { reason }, headers: seen(2) })
    expect(told(again)).toMatchObject({ status: 409, code: 'invoice_void' })
  })

  test('has no payment that stands', async () => {
    const { desk, id, url } = await openWithInvoice()
    await addPayment(desk, id, '40')
    const answer = await desk.send('POST', `${url}/void`, { body: { reason }, headers: seen(2) })
    expect(told(answer)).toMatchObject({ status: 409, code: 'invoice_has_payments' })
  })
})
