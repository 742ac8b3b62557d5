import { describe, expect, test } from 'vitest'
import { everyEvent } from '../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks } from '../../test/support/open-books.ts'
import { refusalOf } from '../../test/support/refusal-of.ts'
import { wholeState } from '../../test/support/whole-state.ts'
import { isReplay } from '../index.ts'

const hears = async (): Promise<void> => undefined

async function booksWithDelivery() {
  const opened = openBooks()
  const { books, scope } = opened
  const handler = await books.delivery.register(scope, { name: 'mail' }, hears)
  await books.categories.create(scope, { name: 'Usafiri' })
  const { data } = await books.delivery.list(scope)
  return { ...opened, handler, deliveryId: data[0]?.id ?? '' }
}

type Opened = Awaited<ReturnType<typeof booksWithDelivery>>

/** The seven writes, each with what it is made of. */
const writes: readonly [string, (opened: Opened, key?: string) => Promise<object>][] = [
  ['register', ({ books, scope }, key) => books.delivery.register(keyed(scope, key), { name: 'new' }, hears)],
  ['pause', ({ books, scope }, key) => books.delivery.pause(keyed(scope, key), { name: 'mail' })],
  ['resume', ({ books, scope }, key) => books.delivery.resume(keyed(scope, key), { name: 'mail' })],
  ['remove', ({ books, scope }, key) => books.delivery.remove(keyed(scope, key), { name: 'mail' })],
  ['retry', ({ books, scope, deliveryId }, key) => books.delivery.retry(keyed(scope, key), { deliveryId })],
  ['skip', ({ books, scope, deliveryId }, key) => books.delivery.skip(keyed(scope, key), { deliveryId })],
  ['replay', ({ books, scope }, key) => books.delivery.replay(keyed(scope, key), replayAll)],
]

const replayAll = { handler: 'mail', from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' }

function keyed(scope: OpenBooks['scope'], key: string | undefined): OpenBooks['scope'] {
  return key === undefined ? scope : { ...scope, idempotencyKey: key }
}

/** The audit of a subscription, oldest first. */
async function auditOf({ ports, scope }: OpenBooks, aggregateType: 'subscription', id: string) {
  const records = await ports.queries.history.list(scope.ownerId, aggregateType, id, {
    before: null,
    limit: 100,
  })
  return records.toReversed().map(({ type, actorId, aggregateVersion }) => [type, actorId, aggregateVersion])
}

describe('the writes of delivery', () => {
  test.each(writes)('F12 %s is done once under a key, and answers the same again', async (name, write) => {
    const opened = await booksWithDelivery()
    if (name === 'resume') await opened.books.delivery.pause(opened.scope, { name: 'mail' })
    const first = await write(opened, 'a-key')
    const before = await wholeState(opened)
    const again = await write(opened, 'a-key')
    expect(again).toEqual(first)
    expect(isReplay(again)).toBe(true)
    expect(await wholeState(opened)).toEqual(before)
  })

  test.each(writes)('%s refuses the key of another request', async (_, write) => {
    const opened = await booksWithDelivery()
    await opened.books.categories.create(keyed(opened.scope, 'a-key'), { name: 'Chakula' })
    expect((await refusalOf(write(opened, 'a-key'))).code).toBe('idempotency_key_reused')
  })

  test('leave an event with the actor for each version of a handler', async () => {
    const opened = await booksWithDelivery()
    const { books, scope, handler } = opened
    const bakari = { ...scope, actorId: 'bakari' }
    await books.delivery.register(scope, { name: 'mail' }, hears)
    await books.delivery.pause(bakari, { name: 'mail' })
    await books.delivery.pause(bakari, { name: 'mail' })
    await books.delivery.resume(scope, { name: 'mail' })
    await books.delivery.register(scope, { name: 'mail', eventTypes: ['category.created'] }, hears)
    await books.delivery.remove(bakari, { name: 'mail' })
    const again = await books.delivery.register(scope, { name: 'mail' }, hears)
    expect(again).toMatchObject({ id: handler.id, version: 6, state: 'active' })
    expect(await auditOf(opened, 'subscription', handler.id)).toEqual([
      ['subscription.created', 'amina', 1],
      ['subscription.paused', 'bakari', 2],
      ['subscription.resumed', 'amina', 3],
      ['subscription.updated', 'amina', 4],
      ['subscription.removed', 'bakari', 5],
      ['subscription.updated', 'amina', 6],
    ])
  })

  test('leave an event with the actor for each retry, skip and replay', async () => {
    const opened = await booksWithDelivery()
    const { books, ports, scope, deliveryId } = opened
    await books.delivery.retry(scope, { deliveryId })
    await books.delivery.skip(scope, { deliveryId })
    expect(await books.delivery.replay(scope, replayAll)).toEqual({ count: 1 })
    const types = ['delivery.retried', 'delivery.skipped', 'delivery.replayed'] as const
    const kept = await ports.queries.feed.list(scope.ownerId, { after: null, types, limit: 10 })
    expect(
      kept.map(({ record }) => [record.type, record.actorId, JSON.parse(record.body).data.after.count]),
    ).toEqual([
      ['delivery.retried', 'amina', 1],
      ['delivery.skipped', 'amina', 1],
      ['delivery.replayed', 'amina', 1],
    ])
  })

  test('are not delivered to subscribers', async () => {
    const opened = await booksWithDelivery()
    for (const [, write] of writes) await write(opened).catch(() => null)
    expect((await everyEvent(opened, opened.scope)).map(({ type }) => type)).toEqual(['category.created'])
    const { data } = await opened.books.delivery.list(opened.scope, {})
    expect(data.map(({ eventType }) => eventType)).toEqual(['category.created'])
  })

  test.each(['pause', 'resume', 'remove'] as const)(
    '%s of a version that is over is refused',
    async (name) => {
      const opened = await booksWithDelivery()
      const { books, scope } = opened
      await books.delivery.pause(scope, { name: 'mail' })
      const before = await wholeState(opened)
      const stale = await refusalOf(books.delivery[name](scope, { name: 'mail', version: 1 }))
      expect(stale.code).toBe('concurrent_change')
      expect(await wholeState(opened)).toEqual(before)
      await books.delivery[name](scope, { name: 'mail', version: 2 })
    },
  )

  test('to a removed handler are refused like those to one that never was', async () => {
    const opened = await booksWithDelivery()
    const { books, scope } = opened
    await books.delivery.remove(scope, { name: 'mail' })
    for (const name of ['mail', 'post']) {
      for (const act of ['pause', 'resume', 'remove'] as const) {
        expect(await refusalOf(books.delivery[act](scope, { name }))).toMatchObject({
          code: 'not_found',
          details: { kind: 'handler', id: name },
        })
      }
    }
  })

  test('change nothing when the transaction cannot be stored', async () => {
    const opened = await booksWithDelivery()
    for (const [, write] of writes) {
      const before = await wholeState(opened)
      opened.ports.failNext('storage_full')
      expect((await refusalOf(write(opened))).code).toBe('storage_full')
      expect(await wholeState(opened)).toEqual(before)
    }
  })
})
