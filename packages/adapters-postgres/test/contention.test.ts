import { isReplay, type TransactionScope } from '@daftari/application'
import { type Category, DomainError, isDomainError } from '@daftari/domain'
import { aCategory, aCategoryInput, anExpenseInput, anInvoiceInput, aPaymentInput } from '@daftari/testing'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Opened, openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { codeOf, hasCode } from './support/refusals.ts'

const database = openDatabase()

function open(options: Parameters<typeof openAdapters>[1] = {}): Opened {
  return openAdapters(database().url, options)
}

function scopeOf({ scope }: Opened): TransactionScope {
  return { ownerId: scope.ownerId, actorId: scope.actorId, idempotency: null }
}

/** A transaction of somebody else, that ends with the test if not before. */
async function holding(text: string, values: unknown[] = []): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database().url })
  await client.connect()
  onTestFinished(() => client.end())
  await client.query('begin')
  await client.query(text, values)
  return client
}

function times<Result>(
  count: number,
  attempt: (index: number) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  return Promise.allSettled(Array.from({ length: count }, (_, index) => attempt(index)))
}

function valuesOf<Result>(outcomes: readonly PromiseSettledResult<Result>[]): Result[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
}

function codesOf(outcomes: readonly PromiseSettledResult<unknown>[]): string[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return []
    if (!isDomainError(outcome.reason)) throw outcome.reason
    return [outcome.reason.code]
  })
}

async function eventCount({ ownerId }: { readonly ownerId: string }, type: string): Promise<number> {
  const { rows } = await database().query(
    'select count(*)::integer as count from daftari.event where owner_id = $1 and type = $2',
    [ownerId, type],
  )
  return rows[0]?.count
}

/** Makes the server refuse so many writes of a category with this code, across transactions. */
async function refuseWrites(code: string, count: number): Promise<void> {
  await database().query(`
    create sequence if not exists public.refusals;
    select setval('public.refusals', 1, false);
    create or replace function public.refuse() returns trigger language plpgsql security definer as $$
      begin
        if nextval('public.refusals') <= ${count} then raise exception using errcode = '${code}'; end if;
        return new;
      end $$;
    create or replace trigger refuse before insert on daftari.category for each row execute function public.refuse()`)
  onTestFinished(() =>
    database()
      .query('drop trigger refuse on daftari.category')
      .then(() => {}),
  )
}

describe.each(['40001', '40P01'])('a transaction that met another (%s, F09)', (code) => {
  it('is run again from its start until it is stored, once', async () => {
    const opened = open()
    await opened.books.settings.update(opened.scope, { version: 0 }, { maxCategories: 50 })
    await refuseWrites(code, 4)
    let runs = 0
    const category = aCategory()
    await opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      runs += 1
      tx.categories.insert(category)
    })
    expect(runs).toBe(5)
    const { rows } = await database().query('select id from daftari.category where owner_id = $1', [
      opened.scope.ownerId,
    ])
    expect(rows).toEqual([{ id: category.id }])
  })

  it('is refused as overloaded after five runs, and stores nothing', async () => {
    const opened = open()
    await opened.books.settings.update(opened.scope, { version: 0 }, { maxCategories: 50 })
    await refuseWrites(code, 1000)
    let runs = 0
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      runs += 1
      tx.categories.insert(aCategory())
    })
    expect(await codeOf(attempt)).toBe('overloaded')
    expect(runs).toBe(5)
    const { rowCount } = await database().query('select from daftari.category where owner_id = $1', [
      opened.scope.ownerId,
    ])
    expect(rowCount).toBe(0)
  })

  it('is run again whole, also when a nested part met it and the outer took no notice', async () => {
    const opened = open()
    await opened.books.settings.update(opened.scope, { version: 0 }, { maxCategories: 50 })
    await refuseWrites(code, 1)
    let runs = 0
    await opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      runs += 1
      await tx.transact(async (nested) => nested.categories.insert(aCategory())).catch(() => null)
    })
    expect(runs).toBe(2)
    const { rowCount } = await database().query('select from daftari.category where owner_id = $1', [
      opened.scope.ownerId,
    ])
    expect(rowCount).toBe(1)
  })

  it('is run again whole, also when the work makes another error of it', async () => {
    const opened = open()
    await opened.books.settings.update(opened.scope, { version: 0 }, { maxCategories: 50 })
    await refuseWrites(code, 1)
    let runs = 0
    await opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      runs += 1
      tx.categories.insert(aCategory())
      await tx.expenses.exist().catch((cause: unknown) => {
        throw new Error('something went wrong', { cause })
      })
    })
    expect(runs).toBe(2)
  })
})

describe('two transactions that wait for one another', () => {
  it('are both stored: one is run again (F09)', async () => {
    const opened = open()
    const categories = [aCategory({ name: 'One' }), aCategory({ name: 'Two' })]
    await opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      for (const category of categories) tx.categories.insert(category)
    })
    let runs = 0
    let arrived = 0
    let meet = (): void => {}
    const met = new Promise<void>((resolve) => {
      meet = resolve
    })
    const crossing = (order: readonly Category[]) =>
      opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
        runs += 1
        for (const { id } of order) {
          const category = await tx.categories.find(id)
          if (category === null) throw new Error('it is there')
          const { version } = category
          tx.categories.update({ ...category, version: version + 1 }, version)
          await tx.expenses.exist()
          arrived += 1
          if (arrived === 2) meet()
          await met
        }
      })
    await Promise.all([crossing(categories), crossing(categories.toReversed())])
    expect(runs).toBe(3)
    for (const { id } of categories) {
      const found = await opened.ports.queries.categories.find(opened.scope.ownerId, id)
      expect(found?.category.version).toBe(3)
    }
  })
})

describe('changes at the same time', () => {
  it('of one version: one is stored, the others are refused (F16)', async () => {
    const { books, scope, ports } = open()
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    const outcomes = await times(10, (index) =>
      books.categories.update(scope, { categoryId, version: 1 }, { name: `Name ${index}` }),
    )
    expect(valuesOf(outcomes)).toHaveLength(1)
    expect(new Set(codesOf(outcomes))).toEqual(new Set(['concurrent_change']))
    const found = await ports.queries.categories.find(scope.ownerId, categoryId as Category['id'])
    expect(found?.category).toMatchObject({ version: 2, name: valuesOf(outcomes)[0]?.name })
    expect(await eventCount(scope, 'category.updated')).toBe(1)
  })

  it('of one invoice: eight payments never exceed its balance', async () => {
    const { books, scope } = open()
    const amount = { amount: '100000.00', currency: 'TZS' }
    const { id: invoiceId } = await books.invoices.create(scope, anInvoiceInput())
    const outcomes = await times(8, () =>
      books.invoices.recordPayment(scope, { invoiceId }, aPaymentInput({ amount })),
    )
    const { paid, payments } = await books.invoices.get(scope, { invoiceId })
    expect(payments).toHaveLength(valuesOf(outcomes).length)
    expect(Number(paid.amount)).toBe(100_000 * payments.length)
    expect(payments.length).toBeGreaterThan(0)
    expect(payments.length).toBeLessThanOrEqual(2)
    for (const code of codesOf(outcomes))
      expect(['concurrent_change', 'payment_exceeds_balance']).toContain(code)
    expect(await eventCount(scope, 'invoice.payment_recorded')).toBe(payments.length)
  })

  it('that delete: the first is done, the second finds nothing, one event tells (F17)', async () => {
    const { books, scope } = open()
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    await books.categories.delete(scope, { categoryId, version: 1 })
    expect(await codeOf(books.categories.delete(scope, { categoryId, version: 1 }))).toBe('not_found')
    const second = await books.categories.create(scope, aCategoryInput())
    const outcomes = await times(5, () =>
      books.categories.delete(scope, { categoryId: second.id, version: 1 }),
    )
    expect(valuesOf(outcomes)).toHaveLength(1)
    for (const code of codesOf(outcomes)) expect(['not_found', 'concurrent_change']).toContain(code)
    expect(await eventCount(scope, 'category.deleted')).toBe(2)
  })

  it('that delete a category and record an expense in it never leave an orphan (F18)', async () => {
    const { books, scope } = open()
    const seen = new Set<string>()
    for (let round = 0; round < 25; round += 1) {
      const { id: categoryId } = await books.categories.create(
        scope,
        aCategoryInput({ name: `Category ${round}` }),
      )
      const outcomes = await Promise.allSettled([
        books.expenses.create(scope, anExpenseInput({ categoryId })),
        books.categories.delete(scope, { categoryId, version: 1 }),
      ])
      const [code = 'none'] = codesOf(outcomes)
      seen.add(code)
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(['category_in_use', 'category_not_found']).toContain(code)
    }
    const { rowCount } = await database().query(
      `select from daftari.expense e where owner_id = $1
        and not exists (select from daftari.category c where (c.owner_id, c.id) = (e.owner_id, e.category_id))`,
      [scope.ownerId],
    )
    expect(rowCount).toBe(0)
  })

  it('that create the hundredth category: fifty at 99 make exactly 100 (F19)', async () => {
    const { books, scope } = open({ connectTimeoutMs: 10_000, lockTimeoutMs: 10_000 })
    await books.categories.createMany(scope, {
      items: Array.from({ length: 99 }, (_, index) => ({ name: `Category ${index}` })),
    })
    // Every connection is there before the race, so that nobody waits for one to be made.
    await times(8, () => books.categories.list(scope))
    const outcomes = await times(50, (index) =>
      books.categories.create(scope, aCategoryInput({ name: `New ${index}` })),
    )
    expect(valuesOf(outcomes)).toHaveLength(1)
    expect(new Set(codesOf(outcomes))).toEqual(new Set(['category_limit_reached']))
    const { rowCount } = await database().query('select from daftari.category where owner_id = $1', [
      scope.ownerId,
    ])
    expect(rowCount).toBe(100)
  })

  it('of owners who have nothing yet open their books once', async () => {
    const { books, scope } = open()
    const outcomes = await times(12, (index) =>
      books.categories.create(scope, aCategoryInput({ name: `Category ${index}` })),
    )
    expect(codesOf(outcomes)).toEqual([])
    const { rowCount } = await database().query('select from daftari.owner where id = $1', [scope.ownerId])
    expect(rowCount).toBe(1)
  })
})

describe('one key', () => {
  it.each([30, 50])('%i times at once stores one and answers all alike (F14)', async (count) => {
    const { books, scope } = open({ connectTimeoutMs: 10_000 })
    const keyed = { ...scope, idempotencyKey: 'a key' }
    const outcomes = await times(count, () =>
      books.invoices.create(keyed, { ...anInvoiceInput(), number: 'INV-1' }),
    )
    const views = valuesOf(outcomes)
    expect(views.filter((view) => !isReplay(view))).toHaveLength(1)
    expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1)
    for (const code of codesOf(outcomes)) expect(code).toBe('idempotency_in_progress')
    const { rowCount } = await database().query('select from daftari.invoice where owner_id = $1', [
      scope.ownerId,
    ])
    expect(rowCount).toBe(1)
    expect(await eventCount(scope, 'invoice.registered')).toBe(1)
  })

  it('with two inputs at once stores one, and refuses the other as a use of the same key (F13)', async () => {
    const { books, scope } = open()
    const keyed = { ...scope, idempotencyKey: 'a key' }
    const outcomes = await times(10, (index) =>
      books.categories.create(keyed, aCategoryInput({ name: index % 2 ? 'Odd' : 'Even' })),
    )
    expect(new Set(valuesOf(outcomes).map(({ name }) => name)).size).toBe(1)
    expect(new Set(codesOf(outcomes))).toEqual(new Set(['idempotency_key_reused']))
    expect(await eventCount(scope, 'category.created')).toBe(1)
  })

  it('that another transaction holds is waited for briefly, and then refused as in progress (F14)', async () => {
    const { books, scope } = open({ lockTimeoutMs: 150 })
    await books.categories.create(scope, aCategoryInput())
    const keyed = { ...scope, idempotencyKey: 'held' }
    const holder = await holding(
      `insert into daftari.idempotency (owner_id, key, fingerprint, result, expires_at)
        values ($1, 'held', 'other', '{}', now() + interval '1 day')`,
      [scope.ownerId],
    )
    const create = () => books.categories.create(keyed, aCategoryInput({ name: 'Keyed' }))
    expect(await codeOf(create())).toBe('idempotency_in_progress')
    await holder.query('rollback')
    expect((await create()).name).toBe('Keyed')
  })

  it('of another owner is none (F15)', async () => {
    const [one, other] = [open(), open()]
    const view = await one.books.categories.create(
      { ...one.scope, idempotencyKey: 'a key' },
      aCategoryInput(),
    )
    const theirs = await other.books.categories.create(
      { ...other.scope, idempotencyKey: 'a key' },
      aCategoryInput(),
    )
    expect(isReplay(theirs)).toBe(false)
    expect(theirs.id).not.toBe(view.id)
  })
})

describe('too much to do', () => {
  it('is said in time when every connection is taken, and nothing is left behind (F26)', async () => {
    const opened = open({ maxConnections: 2, connectTimeoutMs: 250 })
    await opened.books.categories.create(opened.scope, aCategoryInput())
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const holders = times(2, () =>
      opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
        await tx.expenses.exist()
        await held
      }),
    )
    const outcomes = await times(20, () => opened.books.categories.list(opened.scope))
    expect(new Set(codesOf(outcomes))).toEqual(new Set(['overloaded']))
    expect(codesOf(outcomes)).toHaveLength(20)
    release()
    await holders
    expect((await opened.books.categories.list(opened.scope)).data).toHaveLength(1)
  })

  it('is said when a row is held for longer than the lock timeout, once, without trying again', async () => {
    const opened = open({ lockTimeoutMs: 400 })
    const category = aCategory()
    await opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => tx.categories.insert(category))
    await holding('select from daftari.category where id = $1 for update', [category.id])
    let attempts = 0
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      attempts += 1
      tx.categories.update({ ...category, version: 2 }, 1)
    })
    expect(await codeOf(attempt)).toBe('overloaded')
    expect(attempts).toBe(1)
  })

  it('is said when a statement takes longer than it may (F27)', async () => {
    const { books, scope } = open({ statementTimeoutMs: 200, lockTimeoutMs: 10_000 })
    const { id: categoryId } = await books.categories.create(scope, aCategoryInput())
    const holder = await holding('select from daftari.category where id = $1 for update', [categoryId])
    const rename = () => books.categories.update(scope, { categoryId, version: 1 }, { name: 'Other' })
    expect(await codeOf(rename())).toBe('overloaded')
    await holder.query('rollback')
    expect((await rename()).name).toBe('Other')
  })
})

describe('a use case', () => {
  it('repeats nothing outside its transaction when that is run again (F09)', async () => {
    const opened = open()
    await opened.books.settings.update(opened.scope, { version: 0 }, { maxCategories: 50 })
    await refuseWrites('40001', 2)
    await opened.books.categories.create(opened.scope, aCategoryInput())
    expect(await eventCount(opened.scope, 'category.created')).toBe(1)
    expect((await opened.books.categories.list(opened.scope)).data).toHaveLength(1)
  })

  it('passes its own refusals on as they are', async () => {
    const opened = open()
    const refusal = new DomainError('invoice_void', { invoiceId: 'x' })
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async () => {
      throw refusal
    })
    await expect(attempt).rejects.toSatisfy((error) => hasCode(error, 'invoice_void') && error === refusal)
  })
})
