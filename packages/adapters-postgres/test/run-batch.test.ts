import type { PoolClient } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPool } from '../src/kernel/session/connections.ts'
import { ConnectionGone } from '../src/kernel/session/postgres-errors.ts'
import { BatchFailure, runBatch } from '../src/kernel/session/run-batch.ts'
import { type Statement, statementName } from '../src/kernel/session/statement.ts'
import { openDatabase } from './support/open-database.ts'
import { until } from './support/until.ts'

const database = openDatabase()
const OPTIONS = { isNamed: true, patienceMs: 5000 }

async function openClient(): Promise<PoolClient> {
  const pool = openPool({ connectionString: database().url })
  const client = await pool.connect()
  onTestFinished(async () => {
    client.release(true)
    await pool.end()
  })
  return client
}

function statements(...texts: readonly string[]): Statement[] {
  return texts.map((text) => ({ text, values: [] }))
}

async function failureOf(batch: Promise<unknown>): Promise<BatchFailure> {
  const failure = await batch.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(failure instanceof BatchFailure)) throw new Error('the batch did not fail as a batch')
  return failure
}

describe('a batch', () => {
  it('answers every statement in order', async () => {
    const client = await openClient()
    const results = await runBatch(
      client,
      statements('begin', 'select 1 as n', 'select 2 as n', 'commit'),
      OPTIONS,
    )
    expect(results.map(({ rows }) => rows[0]?.n)).toEqual([undefined, 1, 2, undefined])
  })

  it('fails with the first statement that was refused and its error, not with what came of it', async () => {
    const client = await openClient()
    const batch = statements('begin', 'select 1', 'select 1 / 0', 'select 3', 'select nonsense', 'commit')
    const { index, cause } = await failureOf(runBatch(client, batch, OPTIONS))
    expect(index).toBe(2)
    expect(cause).toMatchObject({ code: '22012' })
  })

  it('leaves a connection that can be used again, also for a statement that was prepared in vain', async () => {
    const client = await openClient()
    const later = 'select 4 as n'
    await failureOf(runBatch(client, statements('begin', 'select 1 / 0', later, later, 'commit'), OPTIONS))
    const results = await runBatch(client, statements('begin', later, 'commit'), OPTIONS)
    expect(results[1]?.rows).toEqual([{ n: 4 }])
  })

  it('fails when its commit is answered with a rollback', async () => {
    const client = await openClient()
    await client.query('begin')
    await expect(client.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' })
    const { index, cause } = await failureOf(runBatch(client, statements('commit'), OPTIONS))
    expect(index).toBe(0)
    expect(cause).toEqual(new Error('commit was answered ROLLBACK'))
  })

  it('prepares one text under one name, and sends none where names are off', async () => {
    const client = await openClient()
    const count = async () => (await client.query('select name from pg_prepared_statements')).rows
    await runBatch(client, statements('begin', 'select 5', 'commit'), { ...OPTIONS, isNamed: false })
    expect(await count()).toEqual([])
    await runBatch(client, statements('begin', 'select 5', 'select 5', 'commit'), OPTIONS)
    expect(await count()).toEqual([{ name: statementName('select 5') }])
    expect(statementName('select 5').length).toBeLessThan(64)
  })

  it('is not even sent on a connection that is known to be lost', async () => {
    const client = await openClient()
    const { rows } = await client.query('select pg_backend_pid() as pid')
    await database().query('select pg_terminate_backend($1)', [rows[0]?.pid])
    let failure: BatchFailure | null = null
    await until('the loss is noticed', async () => {
      failure = await failureOf(runBatch(client, statements('select 1'), OPTIONS))
      return failure.cause instanceof ConnectionGone
    })
    expect(failure).toMatchObject({ index: 0 })
  })

  it('gives the connection up when the last answer does not come in time', async () => {
    const client = await openClient()
    const batch = statements('begin', 'select 1', 'select pg_sleep(1)', 'commit')
    const { index, cause } = await failureOf(runBatch(client, batch, { ...OPTIONS, patienceMs: 200 }))
    expect(index).toBe(2)
    expect(cause).not.toHaveProperty('severity')
    const next = await failureOf(runBatch(client, statements('select 1'), OPTIONS))
    expect(next.cause).toBeInstanceOf(ConnectionGone)
  })
})
