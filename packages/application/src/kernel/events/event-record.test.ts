import { type CategoryId, createCategory, instant } from '@daftari/domain'
import { expect, test } from 'vitest'
import { booksWithInvoice, everyEvent, pay } from '../../../test/support/invoice-books.ts'
import { EVENT_TYPES, eventRecord } from '../../index.ts'

test('an event is stored with what finds it, and the exact text that is sent', () => {
  const at = instant(1_795_251_600_000)
  const id = '01890000-0000-7000-8000-000000000001' as CategoryId
  const [event] = createCategory({ id, name: 'Usafiri', at, by: 'amina' }, [], 100).events
  if (event === undefined) throw new Error('nothing happened')
  const record = `{"id":"${id}","version":1,"name":"Usafiri","createdAt":"2026-11-21T09:00:00.000Z","createdBy":"amina","updatedAt":"2026-11-21T09:00:00.000Z"}`
  expect(eventRecord({ ownerId: 'owner', actorId: 'amina' }, 'event', event)).toEqual({
    id: 'event',
    ownerId: 'owner',
    type: 'category.created',
    aggregateType: 'category',
    aggregateId: id,
    aggregateVersion: 1,
    at,
    actorId: 'amina',
    body: `{"specversion":"1.0","id":"event","source":"/owners/owner","type":"category.created","subject":"${id}","time":"2026-11-21T09:00:00.000Z","datacontenttype":"application/json","aggregatetype":"category","aggregateversion":1,"actor":"amina","data":{"before":null,"after":${record}}}`,
  })
})

test('X3 money is text in every event', async () => {
  const opened = await booksWithInvoice()
  await pay(opened, '40')
  for (const record of await opened.ports.queries.feed.list(opened.scope.ownerId, {
    after: null,
    types: EVENT_TYPES,
    limit: 10,
  })) {
    expect(record.record.body).not.toMatch(/"amount":[^"{]|amountMinor/)
  }
})

test('the payment that settles is two events of one moment, one version after the other', async () => {
  const opened = await booksWithInvoice()
  await pay(opened, '100')
  const [, recorded, paid] = await everyEvent(opened, opened.scope)
  expect([recorded?.type, paid?.type]).toEqual(['invoice.payment_recorded', 'invoice.paid'])
  expect([recorded?.aggregateversion, paid?.aggregateversion]).toEqual([2, 3])
  expect(paid?.time).toBe(recorded?.time)
  expect(paid?.data.before).toEqual(recorded?.data.after)
})
