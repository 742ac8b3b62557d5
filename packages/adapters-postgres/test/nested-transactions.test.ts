import type { Transaction } from '@daftari/application'
import type { Category } from '@daftari/domain'
import { aCategory, anExpense } from '@daftari/testing'
import { describe, expect, it } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { codeOf } from './support/refusals.ts'

const database = openDatabase()

async function openDesk() {
  const { ports, scope } = openAdapters(database().url, { maxConnections: 2 })
  const { ownerId, actorId } = scope
  const transact = <Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> =>
    ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, work)
  await transact(async (tx) => void (await tx.settings.get()))
  async function names(): Promise<readonly string[]> {
    const list = await ports.queries.categories.list(ownerId, { words: [] }, { after: null, limit: 100 })
    return list.map(({ category }) => category.name)
  }
  return { transact, names, ownerId, ports }
}

function named(name: string): Category {
  return aCategory({ name })
}

/** Refused by the server: it names a category that is not there. */
function refused(tx: Transaction): void {
  tx.expenses.insert(anExpense())
}

type Way = (tx: Transaction) => Promise<unknown>

/** Where the server's refusal comes to light within the nested work. */
const ways: readonly (readonly [string, Way])[] = [
  [
    'at a read',
    async (tx) => {
      refused(tx)
      await tx.expenses.exist()
    },
  ],
  ['at its end', async (tx) => refused(tx)],
  [
    'at its end, after a read that went well',
    async (tx) => {
      await tx.expenses.exist()
      refused(tx)
    },
  ],
  [
    'at a read whose refusal it takes no notice of',
    async (tx) => {
      refused(tx)
      await tx.expenses.exist().catch(() => false)
      tx.categories.insert(named('after the refusal'))
    },
  ],
]

/** Whether the savepoint's beginning has been sent by itself. */
const before: readonly (readonly [string, Way])[] = [
  ['with nothing sent before', async (tx) => tx.categories.insert(named('outer'))],
  [
    'with a read before',
    async (tx) => {
      tx.categories.insert(named('outer'))
      await tx.expenses.exist()
    },
  ],
]

describe.each(before)('a nested transaction that is refused, %s,', (_, prepare) => {
  it.each(ways)('%s, is undone alone, and the outer goes on', async (_way, fail) => {
    const { transact, names } = await openDesk()
    await transact(async (tx) => {
      await prepare(tx)
      const attempt = tx.transact(async (nested) => {
        nested.categories.insert(named('inner'))
        await fail(nested)
      })
      expect(await codeOf(attempt)).toBe('category_not_found')
      tx.categories.insert(named('later'))
    })
    expect(await names()).toEqual(['later', 'outer'])
  })

  it.each(ways)('%s, two levels deep, is undone alone, and both outer ones go on', async (_way, fail) => {
    const { transact, names } = await openDesk()
    await transact(async (tx) => {
      await prepare(tx)
      await tx.transact(async (middle) => {
        middle.categories.insert(named('middle'))
        const attempt = middle.transact(async (inner) => {
          inner.categories.insert(named('inner'))
          await fail(inner)
        })
        expect(await codeOf(attempt)).toBe('category_not_found')
        middle.categories.insert(named('middle later'))
      })
      tx.categories.insert(named('later'))
    })
    expect(await names()).toEqual(['later', 'middle', 'middle later', 'outer'])
  })

  it.each(ways)(
    '%s, in the innermost of three, takes the middle one with it that does not catch it',
    async (_way, fail) => {
      const { transact, names } = await openDesk()
      await transact(async (tx) => {
        await prepare(tx)
        const attempt = tx.transact(async (middle) => {
          middle.categories.insert(named('middle'))
          await middle.transact(fail)
        })
        expect(await codeOf(attempt)).toBe('category_not_found')
        await tx.transact(async (second) => second.categories.insert(named('second')))
      })
      expect(await names()).toEqual(['outer', 'second'])
    },
  )
})

describe('an outer write that is refused', () => {
  it.each(ways)(
    'within a nested transaction, %s, dooms the whole, whoever catches it',
    async (_way, fail) => {
      const { transact, names } = await openDesk()
      const attempt = transact(async (tx) => {
        tx.categories.insert(named('outer'))
        refused(tx)
        expect(await codeOf(tx.transact(fail))).toBe('category_not_found')
        expect(await codeOf(tx.expenses.exist())).toBe('category_not_found')
        expect(await codeOf(tx.transact(async () => 1))).toBe('category_not_found')
      })
      expect(await codeOf(attempt)).toBe('category_not_found')
      expect(await names()).toEqual([])
    },
  )

  it('in the middle of three dooms the middle one, when the innermost is sent, and not the outermost', async () => {
    const { transact, names } = await openDesk()
    await transact(async (tx) => {
      tx.categories.insert(named('outer'))
      const middle = tx.transact(async (nested) => {
        refused(nested)
        const inner = nested.transact(async (innermost) => innermost.categories.insert(named('inner')))
        expect(await codeOf(inner)).toBe('category_not_found')
        expect(await codeOf(nested.expenses.exist())).toBe('category_not_found')
      })
      expect(await codeOf(middle)).toBe('category_not_found')
      tx.categories.insert(named('later'))
    })
    expect(await names()).toEqual(['later', 'outer'])
  })
})

/** Fails when what was asked before is on its way. */
function soon(failure: Error): Promise<never> {
  return new Promise((_, reject) => setImmediate(() => reject(failure)))
}

describe('a nested transaction', () => {
  it('that fails while a read of it is on its way is undone all the same', async () => {
    const { transact, names } = await openDesk()
    const failure = new Error('the nested work fails')
    await transact(async (tx) => {
      tx.categories.insert(named('outer'))
      const attempt = tx.transact((nested) => {
        nested.categories.insert(named('inner'))
        return Promise.all([nested.expenses.exist(), soon(failure)])
      })
      await expect(attempt).rejects.toBe(failure)
    })
    expect(await names()).toEqual(['outer'])
  })

  it('says in its refusal what stands without it: how many expenses the outer work has put there', async () => {
    const { transact } = await openDesk()
    const category = named('in use')
    await transact(async (tx) => {
      tx.categories.insert(category)
      tx.expenses.insert(anExpense({ categoryId: category.id }))
      const attempt = tx.transact(async (nested) => nested.categories.delete(category))
      await expect(attempt).rejects.toMatchObject({ code: 'category_in_use', details: { expenseCount: 1 } })
    })
  })

  it('of an owner without books opens them, also when its work takes no notice of the refusal', async () => {
    const { ports } = openAdapters(database().url)
    const ownerId = '01a1fdbc-1dd5-703e-9def-633c705ec726'
    let runs = 0
    await ports.unitOfWork.transact({ ownerId, actorId: 'a-tester', idempotency: null }, async (tx) => {
      runs += 1
      await tx.transact(async (nested) => nested.categories.insert(named('first'))).catch(() => null)
    })
    expect(runs).toBe(2)
    const page = { after: null, limit: 10 }
    expect(await ports.queries.categories.list(ownerId, { words: [] }, page)).toHaveLength(1)
  })
})
