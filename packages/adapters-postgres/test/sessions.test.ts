import type { Transaction } from '@daftari/application'
import { type Category, isDomainError } from '@daftari/domain'
import { aCategory, anExpense, anInvoice, freshId } from '@daftari/testing'
import { describe, expect, it } from 'vitest'
import { openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { hasCode } from './support/refusals.ts'

const database = openDatabase()

interface Desk {
  readonly transact: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>
  readonly names: () => Promise<readonly string[]>
}

/** Books that were opened already, on so many connections. */
async function openDesk(maxConnections = 8): Promise<Desk> {
  const { ports, scope } = openAdapters(database().url, { maxConnections, connectTimeoutMs: 3000 })
  const { ownerId, actorId } = scope
  const desk: Desk = {
    transact: (work) => ports.unitOfWork.transact({ ownerId, actorId, idempotency: null }, work),
    async names() {
      const list = await ports.queries.categories.list(ownerId, { words: [] }, { after: null, limit: 100 })
      return list.map(({ category }) => category.name)
    },
  }
  await desk.transact(async (tx) => void (await tx.settings.get()))
  return desk
}

async function store({ transact }: Desk, ...names: readonly string[]): Promise<Category[]> {
  const categories = names.map((name) => aCategory({ name }))
  await transact(async (tx) => categories.forEach((category) => void tx.categories.insert(category)))
  return categories
}

function renamed(category: Category, name: string): Category {
  return { ...category, name, version: category.version + 1 }
}

/** Fails when what was asked before is on its way. */
function soon(failure: Error): Promise<never> {
  return new Promise((_, reject) => setImmediate(() => reject(failure)))
}

describe('a transaction', () => {
  it('answers reads that are asked for at once, on one connection', async () => {
    const desk = await openDesk(1)
    const [category] = await store(desk, 'One')
    const found = await desk.transact(async (tx) => {
      const ids = [category?.id ?? freshId<Category['id']>(), freshId<Category['id']>()]
      return Promise.all([...ids.map((id) => tx.categories.find(id)), tx.expenses.exist()])
    })
    expect(found.map((answer) => (typeof answer === 'object' ? answer?.name : answer))).toEqual([
      'One',
      undefined,
      false,
    ])
  })

  it('keeps what is staged while a read is on its way', async () => {
    const desk = await openDesk(1)
    await desk.transact(async (tx) => {
      const read = tx.categories.findMany([])
      await Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
      tx.categories.insert(aCategory({ name: 'Meanwhile' }))
      await read
    })
    expect(await desk.names()).toEqual(['Meanwhile'])
  })

  it('waits for a read that nobody waits for, and refuses whatever comes after its end', async () => {
    const desk = await openDesk(1)
    let escaped: Transaction | null = null
    await desk.transact(async (tx) => {
      escaped = tx
      void tx.categories.findMany([])
    })
    const late = escaped as Transaction | null
    expect(() => late?.categories.insert(aCategory())).toThrow('the transaction is over')
    await expect(late?.expenses.exist()).rejects.toThrow('the transaction is over')
    await expect(late?.transact(async () => 1)).rejects.toThrow('the transaction is over')
    expect(await desk.names()).toEqual([])
  })

  it('waits with its end for a read that is on its way when another part of the work fails', async () => {
    const desk = await openDesk(1)
    const failure = new Error('the work fails')
    const attempt = desk.transact((tx) =>
      Promise.all([tx.categories.findMany([]), tx.expenses.exist(), soon(failure)]),
    )
    await expect(attempt).rejects.toBe(failure)
    expect(await desk.names()).toEqual([])
  })

  it('takes no second connection to find the words of a refusal, also when all are refused at once', async () => {
    const desk = await openDesk(2)
    const [taken] = await store(desk, 'Taken')
    const attempts = Array.from({ length: 8 }, () =>
      desk.transact(async (tx) => {
        await tx.categories.findMany([])
        tx.categories.insert(aCategory({ name: 'TAKEN' }))
      }),
    )
    for (const { status, reason } of (await Promise.allSettled(attempts)) as PromiseRejectedResult[]) {
      expect(status).toBe('rejected')
      expect(hasCode(reason, 'category_name_taken')).toBe(true)
    }
    expect(await desk.names()).toEqual([taken?.name])
  })

  it('finds the words of a refusal at a read', async () => {
    const desk = await openDesk(1)
    await store(desk, 'Taken')
    const attempt = desk.transact(async (tx) => {
      tx.categories.insert(aCategory({ name: 'TAKEN' }))
      await tx.expenses.exist()
    })
    await expect(attempt).rejects.toMatchObject({ code: 'category_name_taken', details: { name: 'TAKEN' } })
    expect(await desk.names()).toEqual(['Taken'])
  })

  it('says nothing of SQL when a rule of the server itself refuses, and keeps the cause', async () => {
    const desk = await openDesk()
    const invoice = { ...anInvoice(), paid: { amountMinor: -1n, currency: 'TZS' } as const }
    const failure = await desk
      .transact(async (tx) => tx.invoices.insert(invoice))
      .catch((error: unknown) => error)
    expect(failure).toMatchObject({
      message: 'the database refused with 23514',
      cause: { constraint: 'invoice_paid_check' },
    })
  })
})

describe('a row that is written twice in one transaction', () => {
  it('ends as its last version, each version having met the one before', async () => {
    const desk = await openDesk()
    const [first] = await store(desk, 'First')
    if (first === undefined) throw new Error('it is stored')
    const [second, third] = [renamed(first, 'Second'), renamed(renamed(first, 'Second'), 'Third')]
    await desk.transact(async (tx) => {
      tx.categories.update(second, 1)
      tx.categories.update(third, 2)
    })
    expect(await desk.names()).toEqual(['Third'])
  })

  it('refuses when the second write expects what the first has changed', async () => {
    const desk = await openDesk()
    const [first] = await store(desk, 'First')
    if (first === undefined) throw new Error('it is stored')
    const attempt = desk.transact(async (tx) => {
      tx.categories.update(renamed(first, 'Second'), 1)
      tx.categories.update(renamed(first, 'Other'), 1)
    })
    await expect(attempt).rejects.toSatisfy((error) => hasCode(error, 'concurrent_change'))
    expect(await desk.names()).toEqual(['First'])
  })

  it('can be inserted, changed and taken away again', async () => {
    const desk = await openDesk()
    const category = aCategory({ name: 'Passing' })
    const expense = anExpense({ categoryId: category.id })
    await desk.transact(async (tx) => {
      tx.categories.insert(category)
      tx.expenses.insert(expense)
      tx.expenses.update({ ...expense, description: 'changed', version: 2 }, 1)
      tx.expenses.delete({ ...expense, version: 2 })
      tx.categories.delete(category)
    })
    expect(await desk.names()).toEqual([])
  })
})

describe('names in one transaction', () => {
  it('are free for the next as soon as they are given up: b becomes c, then a becomes b, for any of them', async () => {
    const desk = await openDesk()
    const letters = ['a', 'b', 'c', 'd', 'e', 'f']
    const categories = await store(desk, ...letters)
    await desk.transact(async (tx) => {
      for (const [index, category] of [...categories.entries()].reverse()) {
        tx.categories.update(renamed(category, letters[index + 1] ?? 'g'), 1)
      }
    })
    expect(await desk.names()).toEqual(['b', 'c', 'd', 'e', 'f', 'g'])
  })

  it('are taken until they are given up, and the refusal names the one', async () => {
    const desk = await openDesk()
    const [a, b] = await store(desk, 'a', 'b')
    if (a === undefined || b === undefined) throw new Error('they are stored')
    const attempt = desk.transact(async (tx) => {
      tx.categories.update(renamed(a, 'B'), 1)
      tx.categories.update(renamed(b, 'c'), 1)
    })
    await expect(attempt).rejects.toSatisfy(
      (error) => isDomainError(error, 'category_name_taken') && error.details.name === 'B',
    )
    expect(await desk.names()).toEqual(['a', 'b'])
  })

  it('are refused by the one that was taken, among many that are inserted together', async () => {
    const desk = await openDesk()
    await store(desk, 'Rent')
    for (const [names, taken] of [
      [['Food', 'RENT', 'Fuel'], 'RENT'],
      [['Food', 'Fuel', 'fuel'], 'fuel'],
    ] as const) {
      await expect(store(desk, ...names)).rejects.toSatisfy(
        (error) => isDomainError(error, 'category_name_taken') && error.details.name === taken,
      )
    }
  })
})

describe('many rows in one statement', () => {
  it('are refused together when one of a hundred is stale, and the refusal names that one', async () => {
    const desk = await openDesk()
    const [source, target] = await store(desk, 'Source', 'Target')
    if (source === undefined || target === undefined) throw new Error('they are stored')
    const expenses = Array.from({ length: 100 }, () => anExpense({ categoryId: source.id }))
    await desk.transact(async (tx) => expenses.forEach((expense) => void tx.expenses.insert(expense)))
    const stale = expenses[57]
    if (stale === undefined) throw new Error('there are a hundred')
    await desk.transact(async (tx) => tx.expenses.update({ ...stale, description: 'changed', version: 2 }, 1))
    const move = desk.transact(async (tx) => {
      for (const expense of expenses) tx.expenses.update({ ...expense, categoryId: target.id, version: 2 }, 1)
    })
    await expect(move).rejects.toSatisfy(
      (error) => isDomainError(error, 'concurrent_change') && error.details.id === stale.id,
    )
    const { expenseCount } = await desk.transact((tx) => tx.expenses.usageOf(target.id))
    expect(expenseCount).toBe(0)
  })

  it('are refused by the category that is not there', async () => {
    const desk = await openDesk()
    const [category] = await store(desk, 'There')
    const missing = freshId<Category['id']>()
    const attempt = desk.transact(async (tx) => {
      for (const categoryId of [category?.id ?? missing, missing])
        tx.expenses.insert(anExpense({ categoryId }))
    })
    await expect(attempt).rejects.toSatisfy(
      (error) => isDomainError(error, 'category_not_found') && error.details.categoryId === missing,
    )
  })
})
