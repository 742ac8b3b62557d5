import { isReplay, type TransactionScope } from '@daftari/application'
import { aCategory, aCategoryInput } from '@daftari/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Opened, openAdapters } from './support/open-adapters.ts'
import { openDatabase } from './support/open-database.ts'
import { codeOf } from './support/refusals.ts'
import { heal, type Link, openTcpProxy, type TcpProxy } from './support/tcp-proxy.ts'
import { until } from './support/until.ts'

const database = openDatabase()

async function throughProxy(
  options: Parameters<typeof openAdapters>[1] = {},
): Promise<Opened & { proxy: TcpProxy }> {
  const proxy = await openTcpProxy(database().url)
  onTestFinished(() => proxy.close())
  const opened = openAdapters(proxy.urlOf(database().url), { maxConnections: 2, ...options })
  await opened.books.categories.create(opened.scope, aCategoryInput({ name: 'First' }))
  return { ...opened, proxy }
}

/** Cuts the next connection on which the server says that it has committed, before anybody hears of it. */
function cutAfterCommit(proxy: TcpProxy): void {
  proxy.fromServer = (chunk, link) => !chunk.includes('COMMIT\0') || cut(proxy, link)
}

/** Cuts the next connection on which a statement is sent, before the server hears of it. */
function cutBefore(proxy: TcpProxy, statement = ''): void {
  proxy.fromClient = (chunk, link) => !chunk.includes(statement) || cut(proxy, link)
}

/** Only this one: others pass, and what was to be passed on is not. */
function cut(proxy: TcpProxy, { client, server }: Link): false {
  heal(proxy)
  client.resetAndDestroy()
  server.end()
  return false
}

async function names({ ports, scope }: Opened): Promise<readonly string[]> {
  const page = { after: null, limit: 10 }
  const list = await ports.queries.categories.list(scope.ownerId, { words: [] }, page)
  return list.map(({ category }) => category.name)
}

function scopeOf({ scope }: Opened): TransactionScope {
  return { ownerId: scope.ownerId, actorId: scope.actorId, idempotency: null }
}

const EVENTS = 'select count(*)::integer as count from daftari.event where owner_id = $1'

describe('a connection that is lost during the commit', () => {
  it('makes the outcome unknown without a key, though it was stored (F08)', async () => {
    const opened = await throughProxy()
    cutAfterCommit(opened.proxy)
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) =>
      tx.categories.insert(aCategory({ name: 'Second' })),
    )
    expect(await codeOf(attempt)).toBe('outcome_unknown')
    expect(await names(opened)).toEqual(['First', 'Second'])
  })

  it('makes the outcome unknown without a key, though it was not stored (F08)', async () => {
    const opened = await throughProxy()
    cutBefore(opened.proxy, 'commit\0')
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) =>
      tx.categories.insert(aCategory({ name: 'Second' })),
    )
    expect(await codeOf(attempt)).toBe('outcome_unknown')
    expect(await names(opened)).toEqual(['First'])
  })

  it('gives the stored answer under a key, and nothing is stored twice (F08)', async () => {
    const opened = await throughProxy()
    cutAfterCommit(opened.proxy)
    const scope = { ...opened.scope, idempotencyKey: 'a key' }
    const view = await opened.books.categories.create(scope, aCategoryInput({ name: 'Second' }))
    expect(isReplay(view)).toBe(true)
    expect(await opened.books.categories.create(scope, aCategoryInput({ name: 'Second' }))).toEqual(view)
    expect(await names(opened)).toEqual(['First', 'Second'])
    expect((await database().query(EVENTS, [scope.ownerId])).rows[0]?.count).toBe(2)
  })

  it('leaves the outcome unknown under a key of which nothing is stored, and a repetition stores it (F08)', async () => {
    const opened = await throughProxy()
    cutBefore(opened.proxy, 'commit\0')
    const scope = { ...opened.scope, idempotencyKey: 'a key' }
    const create = () => opened.books.categories.create(scope, aCategoryInput({ name: 'Second' }))
    expect(await codeOf(create())).toBe('outcome_unknown')
    expect(isReplay(await create())).toBe(false)
    expect(await names(opened)).toEqual(['First', 'Second'])
  })
})

describe('a connection that is lost while a transaction is open', () => {
  it('leaves no doubt when it was lost before the commit was sent', async () => {
    const opened = await throughProxy()
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      tx.categories.insert(aCategory({ name: 'Second' }))
      await tx.expenses.exist()
      await endOtherSessions()
    })
    expect(await codeOf(attempt)).toBe('unavailable')
    expect(await names(opened)).toEqual(['First'])
  })

  it('does not hide the error of the work behind the failing rollback, and is not used again (F10)', async () => {
    const opened = await throughProxy({ maxConnections: 1 })
    const failure = new Error('the work fails')
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      await tx.expenses.exist()
      await endOtherSessions()
      throw failure
    })
    await expect(attempt).rejects.toBe(failure)
    expect(await names(opened)).toEqual(['First'])
  })

  it('hides nothing behind a rollback whose answer is cut off (F10)', async () => {
    const opened = await throughProxy({ maxConnections: 1 })
    const failure = new Error('the work fails')
    cutBefore(opened.proxy, 'rollback\0')
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      await tx.expenses.exist()
      throw failure
    })
    await expect(attempt).rejects.toBe(failure)
    expect(await names(opened)).toEqual(['First'])
  })

  it('because it did nothing for too long: the process survives, nothing is stored (F28)', async () => {
    const opened = await throughProxy({ idleTimeoutMs: 100 })
    const attempt = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) => {
      tx.categories.insert(aCategory({ name: 'Second' }))
      await tx.expenses.exist()
      await until('the server has ended it', async () => (await idleInTransaction()) === 0)
    })
    expect(await codeOf(attempt)).toBe('unavailable')
    expect(await names(opened)).toEqual(['First'])
  })

  it('is refused as unavailable to a read, and the next finds another', async () => {
    const opened = await throughProxy()
    // Not after the server's next word, which may be the end of the answer before.
    cutBefore(opened.proxy)
    expect(await codeOf(names(opened))).toBe('unavailable')
    expect(await names(opened)).toEqual(['First'])
  })
})

describe('a server that takes everything and answers nothing', () => {
  it('is given up in time, for reads and writes, and is used again when it answers (T6)', async () => {
    const opened = await throughProxy({ statementTimeoutMs: 300, connectTimeoutMs: 300 })
    opened.proxy.fromServer = () => false
    const write = opened.ports.unitOfWork.transact(scopeOf(opened), async (tx) =>
      tx.categories.insert(aCategory({ name: 'Second' })),
    )
    expect(await codeOf(write)).toBe('outcome_unknown')
    // A new connection is not made either.
    expect(['unavailable', 'overloaded']).toContain(await codeOf(names(opened)))
    heal(opened.proxy)
    expect(await names(opened)).toEqual(['First', 'Second'])
  })
})

const OTHERS = `from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

async function endOtherSessions(): Promise<void> {
  await database().query(`select pg_terminate_backend(pid, 5000) ${OTHERS}`)
}

async function idleInTransaction(): Promise<number> {
  const { rowCount } = await database().query(`select ${OTHERS} and state like 'idle in transaction%'`)
  return rowCount ?? 0
}
