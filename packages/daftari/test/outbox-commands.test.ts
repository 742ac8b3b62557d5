import { createPostgresAdapters, type PostgresAdapters } from '@daftari/adapters-postgres'
import { type Books, createBooks, createDispatcher, type Scope } from '@daftari/application'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, run, serve } from './support/daftari.ts'
import { dataDirectory } from './support/data-directory.ts'
import { databases, query } from './support/postgres.ts'

const servers = databases()
const FLUSH = 'flush_expense_outbox'
const NOTHING_SENT = { processed: 0, failed: 0, dead: 0, attempts: 0 }

let url: string
let ports: PostgresAdapters
let books: Books
let scope: Scope
let env: Readonly<Record<string, string>>

/** One event that was delivered 10 days ago, one that failed, one that is dead with one parked behind it, one due. */
beforeAll(async () => {
  url = await servers.createMigrated()
  env = { DATABASE_URL: url, DAFTARI_DATA_DIR: dataDirectory() }
  ports = createPostgresAdapters({ connectionString: url })
  books = createBooks(ports)
  const { id: ownerId } = await books.access.createOwner(
    { actorId: 'a test' },
    { name: 'Duka', timeZone: 'Africa/Nairobi' },
  )
  scope = { ownerId, actorId: 'a test' }
  let answer: 'arrives' | 'fails' = 'arrives'
  await books.delivery.register(scope, { name: 'mail' }, async () => {
    if (answer === 'fails') throw new Error('refused')
  })
  const dispatcher = createDispatcher(ports, { retryScheduleMs: [3_600_000] })
  await books.categories.create(scope, { name: 'Usafiri' })
  await dispatcher.flush()
  answer = 'fails'
  await books.categories.create(scope, { name: 'Chakula' })
  await dispatcher.flush()
  const { id: categoryId } = await books.categories.create(scope, { name: 'Maji' })
  const hopeless = createDispatcher(ports, { retryScheduleMs: [] })
  await dispatcher.stop()
  await hopeless.flush()
  await books.categories.update(scope, { categoryId, version: 1 }, { name: 'Maji safi' })
  await hopeless.stop()
  await books.categories.create(scope, { name: 'Kodi' })
  await query(
    url,
    `update daftari.delivery set finished_at = now() - interval '10 days' where status = 'delivered'`,
  )
})
afterAll(() => ports.close())

describe('B22 flush_expense_outbox, as it was typed', () => {
  test('alone: one run', async () => {
    expect(await json([FLUSH], env)).toEqual({ ...NOTHING_SENT, skipped: 1 })
    const { code, stdout, stderr } = await run([FLUSH], env).ended
    expect([code, stdout]).toEqual([0, '0 processed, 0 failed, 0 dead, 1 skipped, 0 attempts\n'])
    expect(stderr).toContain('This is now: daftari outbox')
  })

  test('--batch-size 50', async () => {
    expect(await json([FLUSH, '--batch-size', '50'], env)).toEqual({ ...NOTHING_SENT, skipped: 1 })
  })

  test('--continuous --interval 30, until it is told to stop', async () => {
    const program = run([FLUSH, '--continuous', '--interval', '30'], env)
    await whileItRuns()
    program.child.kill('SIGTERM')
    const { code, signal } = await program.ended
    expect([code, signal]).toEqual([0, null])
  })

  test('--stats', async () => {
    expect(await json([FLUSH, '--stats'], env)).toMatchObject({
      pending: 2,
      due: 1,
      failing: 1,
      dead: 1,
      parked: 1,
    })
  })

  test('--verbose says how it stands', async () => {
    const { code, stderr } = await run([FLUSH, '--verbose'], env).ended
    expect(code).toBe(0)
    expect(stderr).toContain('pending  2\ndue  1\nfailing  1\ndead  1\nparked  1\n')
  })

  test('--dry-run --older-than-hours 24 counts and removes nothing', async () => {
    for (let time = 0; time < 2; time += 1) {
      expect(await json([FLUSH, '--dry-run', '--older-than-hours', '24'], env)).toEqual({ count: 1 })
    }
    expect(await json([FLUSH, '--dry-run', '--older-than-hours', '480'], env)).toEqual({ count: 0 })
  })

  test('--cleanup --cleanup-days 30, and 7', async () => {
    expect(await json([FLUSH, '--cleanup', '--cleanup-days', '30'], env)).toEqual({ count: 0 })
    expect(await json([FLUSH, '--cleanup', '--cleanup-days', '7', '--dry-run'], env)).toEqual({ count: 1 })
    expect(await json([FLUSH, '--cleanup', '--cleanup-days', '7'], env)).toEqual({ count: 1 })
    expect(await json([FLUSH, '--cleanup', '--cleanup-days', '7'], env)).toEqual({ count: 0 })
  })

  test('--retry-failed, and with hyphens', async () => {
    expect(await json(['flush-expense-outbox', '--retry-failed'], env)).toEqual({ count: 1 })
    expect(await books.delivery.stats(scope)).toMatchObject({ due: 2, dead: 1 })
  })
})

describe('daftari outbox', () => {
  test('flush --batch-size 10', async () => {
    expect(await json(['outbox', 'flush', '--batch-size', '10'], env)).toEqual({
      ...NOTHING_SENT,
      skipped: 2,
    })
  })

  test('run --interval 30s, until it is told to stop', async () => {
    const program = run(['outbox', 'run', '--interval', '30s'], env)
    await whileItRuns()
    program.child.kill('SIGINT')
    const { code, signal } = await program.ended
    expect([code, signal]).toEqual([0, null])
  })

  test('cleanup --older-than 30d --dry-run', async () => {
    expect(await json(['outbox', 'cleanup', '--older-than', '30d', '--dry-run'], env)).toEqual({ count: 0 })
  })

  test('doctor fails over what is dead, and says what to type', async () => {
    const { code, stdout } = await run(['doctor', '--component', 'outbox'], env).ended
    expect(code).toBe(3)
    expect(stdout).toContain('FAILED outbox\n       1 deliveries are dead, and 1 are parked behind them\n')
    expect(stdout).toContain('next: daftari outbox retry --failed --dead')
  })

  test('retry --failed --dead, after which the doctor is content', async () => {
    expect((await json(['outbox', 'retry', '--failed', '--dead'], env)).count).toBeGreaterThan(0)
    expect(await json(['outbox', 'stats'], env)).toMatchObject({ pending: 4, due: 4, dead: 0, parked: 0 })
    expect((await run(['doctor', '--component', 'outbox', '-v'], env).ended).stdout).toContain(
      'ok     outbox',
    )
  })
})

test('a service shows lag and dead letters as metrics, to this machine', async () => {
  const service = await serve(env)
  const answer = await fetch(`${service.url}/metrics`)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await answer.text()
  expect(text).toContain('# TYPE daftari_deliveries gauge')
  expect(text).toMatch(/^daftari_deliveries\{status="dead"\} \d+$/m)
  expect(text).toMatch(/^daftari_delivery_lag_seconds \d/m)
  expect(text).toContain('daftari_deliveries_repaired_total 0')
  const passedOn = await fetch(`${service.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })
  expect(passedOn.status).toBe(401)
  expect((await service.stop()).code).toBe(0)
})

/** Until the dispatcher of the command has taken its place. */
async function whileItRuns(): Promise<void> {
  const deadline = performance.now() + 60_000
  while ((await query(url, 'select id from daftari.dispatcher')).length === 0) {
    if (performance.now() > deadline) throw new Error('no dispatcher has begun')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
