import assert from 'node:assert/strict'
import type { EventRecord } from '@daftari/application'
import type { Category } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { aCategory, categoryEvent } from '../spending/spending-builders.ts'
import { storedCategory } from '../spending/spending-steps.ts'

/** A category that was renamed twice: three versions, each told in a transaction of its own or all in one. */
async function renamedTwice(desk: OwnerBooks, isAtOnce = false): Promise<Category> {
  const first = aCategory()
  const second = { ...first, name: 'Second', version: 2 }
  const third = { ...first, name: 'Third', version: 3 }
  const events = [
    categoryEvent('category.created', { after: first }),
    categoryEvent('category.updated', { before: first, after: second }),
    categoryEvent('category.updated', { before: second, after: third }),
  ]
  const batches = isAtOnce ? [events] : events.map((event) => [event])
  for (const batch of batches) await change(desk, (tx) => tx.events.append(batch))
  return third
}

async function versions(
  { ports, ownerId }: OwnerBooks,
  { id }: Category,
  before: number | null = null,
  limit = 100,
): Promise<number[]> {
  const records = await ports.queries.history.list(ownerId, 'category', id, { before, limit })
  return records.map(({ aggregateVersion }: EventRecord) => aggregateVersion)
}

/** What happened to one record. */
export const historyContract: Contract = {
  name: 'history',
  cases: [
    {
      name: 'lists the events of a record, newest first, including events of the same moment',
      async run(harness) {
        assert.deepEqual(await versions(harness, await renamedTwice(harness, true)), [3, 2, 1])
      },
    },
    {
      name: 'lists the newest events, at most the limit',
      async run(harness) {
        assert.deepEqual(await versions(harness, await renamedTwice(harness), null, 2), [3, 2])
      },
    },
    {
      name: 'continues below a version, without that version',
      async run(harness) {
        assert.deepEqual(await versions(harness, await renamedTwice(harness), 3), [2, 1])
      },
    },
    {
      name: 'lists the events of a deleted record',
      async run(harness) {
        const category = await storedCategory(harness)
        await change(harness, (tx) => {
          tx.events.append([categoryEvent('category.created', { after: category })])
        })
        await change(harness, (tx) => {
          tx.categories.delete(category)
          tx.events.append([categoryEvent('category.deleted', { before: category })])
        })
        assert.deepEqual(await versions(harness, category), [2, 1])
      },
    },
    {
      name: 'lists nothing for a record without events',
      async run(harness) {
        assert.deepEqual(await versions(harness, aCategory()), [])
      },
    },
    {
      name: 'lists no event of a record of another kind with the same id',
      async run(harness) {
        const { ports, ownerId } = harness
        const id = freshId<Category['id']>()
        const event = categoryEvent('category.created', { after: aCategory({ id }) })
        await change(harness, (tx) => tx.events.append([event]))
        const page = { before: null, limit: 10 }
        assert.deepEqual(await ports.queries.history.list(ownerId, 'expense', id, page), [])
      },
    },
  ],
}
