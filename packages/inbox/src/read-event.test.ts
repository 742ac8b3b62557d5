import { expect, test } from 'vitest'
import { readEvent } from './read-event.ts'
import { messageOf } from './receive-once.ts'

const event = {
  specversion: '1.0',
  id: 'event-1',
  source: '/owners/o1',
  type: 'expense.created',
  subject: 'expense-1',
  time: '2026-11-27T12:00:00.000Z',
  datacontenttype: 'application/json',
  aggregatetype: 'expense',
  aggregateversion: 1,
  actor: 'asha',
  data: { before: null, after: { description: 'Usafiri' } },
}
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

test('reads an event, and what an inbox remembers of it', () => {
  const read = readEvent(bytesOf(event), 'event-1')
  expect(read).toEqual(event)
  expect(messageOf(read)).toEqual({
    id: 'event-1',
    source: '/owners/o1',
    record: { id: 'expense-1', version: 1 },
  })
})

test.each([
  ['another id', bytesOf({ ...event, id: 'event-2' })],
  ['another version of CloudEvents', bytesOf({ ...event, specversion: '0.3' })],
  ['no record', bytesOf({ ...event, subject: undefined })],
  ['no version', bytesOf({ ...event, aggregateversion: '1' })],
  ['a version of zero', bytesOf({ ...event, aggregateversion: 0 })],
  ['a version past what a number holds', bytesOf({ ...event, aggregateversion: 2 ** 53 })],
  ['no data', bytesOf({ ...event, data: null })],
  ['a list', bytesOf([event])],
  ['null', bytesOf(null)],
  ['no JSON', Buffer.from('{')],
  ['no UTF-8', Buffer.concat([bytesOf(event), Buffer.from([0xff])])],
])('refuses %s', (_name, body) => {
  expect(() => readEvent(body, 'event-1')).toThrow(expect.objectContaining({ code: 'event_invalid' }))
})
