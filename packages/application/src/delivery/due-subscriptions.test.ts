import { describe, expect, test } from 'vitest'
import { openBooks } from '../../test/support/open-books.ts'
import { createDispatcher } from './dispatcher.ts'
import { dueSubscriptions } from './due-subscriptions.ts'

/** Books with so many handlers, each for its event types. */
async function withHandlers(count: number, eventTypes: (index: number) => ['*'] | ['category.deleted']) {
  const opened = openBooks()
  const heard: string[] = []
  for (let index = 0; index < count; index += 1) {
    const input = { name: `handler ${index}`, eventTypes: eventTypes(index) }
    await opened.books.delivery.register(opened.scope, input, async () => void heard.push(input.name))
  }
  return { ...opened, heard }
}

describe('a claim', () => {
  test('is for the subscriptions that have a due delivery, when there are many', async () => {
    const { books, ports, scope } = await withHandlers(200, (index) =>
      index === 7 ? ['*'] : ['category.deleted'],
    )
    expect(await dueSubscriptions(ports, false)).toEqual([])
    await books.categories.create(scope, { name: 'Usafiri' })
    const due = await dueSubscriptions(ports, false)
    const [seventh] = (await books.delivery.handlers(scope)).filter(({ name }) => name === 'handler 7')
    expect(due).toEqual([seventh?.id])
  })

  test('is for all subscriptions without a query, when there are few', async () => {
    const { ports } = await withHandlers(16, () => ['*'])
    const dispatch = { waiting: () => Promise.reject(new Error('was asked')) }
    expect(await dueSubscriptions({ ...ports, dispatch }, false)).toHaveLength(16)
  })

  test('is for no subscription whose handler is in another process', async () => {
    const { books, ports, scope } = await withHandlers(20, () => ['*'])
    await books.categories.create(scope, { name: 'Usafiri' })
    const [first = '', ...others] = ports.senders.ids()
    ports.senders.delete(first)
    expect((await dueSubscriptions(ports, true)).toSorted()).toEqual(others.toSorted())
  })

  test('reaches each of many handlers in one flush', async () => {
    const { books, ports, scope, heard } = await withHandlers(60, () => ['*'])
    await books.categories.create(scope, { name: 'Usafiri' })
    expect(await createDispatcher(ports).flush()).toMatchObject({ processed: 60, skipped: 0 })
    expect(new Set(heard).size).toBe(60)
  })
})
