import { createHash } from 'node:crypto'
import type { Ids } from '@daftari/application'
import { type ColumnType, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { WORKERS } from '../contest/contender.ts'
import { openPool } from '../contest/open-pool.ts'
import { categoryId, ownerId } from './ids.ts'
import { EXPENSE, PAYMENT } from './inputs.ts'
import type { Stored, Texts } from './texts.ts'

/** The same work as a good hand would write it at first: one statement after another, each waited for. */
export interface NaiveBooks {
  createExpense(owner: number, key: string): Promise<void>
  recordPayment(owner: number, invoiceId: string, key: string): Promise<void>
  mergeCategory(owner: number, from: string, into: string, key: string): Promise<void>
  close(): Promise<void>
}

interface Options {
  readonly connectionString: string
  readonly ids: Ids
  readonly texts: Texts
}

interface Owned {
  owner_id: string
  id: string
}

interface Recorded {
  version: number
  created_at: string
  created_by: string
  updated_at: string
}

type WithDefault<Value> = ColumnType<Value, Value | undefined, Value>

interface Tables {
  'daftari.category': Owned & Recorded & { name: string }
  'daftari.expense': Owned &
    Recorded & {
      category_id: string
      amount_minor: number
      currency: string
      expense_date: string
      description: string
      words: string
      attachment_ids: WithDefault<string[]>
    }
  'daftari.invoice': Owned & Recorded & { status: string; paid_minor: string | number }
  'daftari.payment': Owned & {
    invoice_id: string
    amount_minor: number
    currency: string
    paid_on: string
    method: string
    reference: string
    created_at: string
    created_by: string
    updated_at: string
  }
  'daftari.event': Owned & {
    type: string
    aggregate_type: string
    aggregate_id: string
    aggregate_version: number
    at: string
    actor_id: string
    body: string
  }
  'daftari.idempotency': {
    owner_id: string
    key: string
    fingerprint: string
    result: string
    expires_at: string
  }
  'daftari.subscription': Owned & { is_enabled: boolean; event_types: string[] }
  'daftari.delivery': {
    owner_id: string
    subscription_id: string
    event_id: string
    aggregate_id: string
    aggregate_version: number
  }
}

type Tx = Transaction<Tables>

interface Happened {
  readonly type: string
  readonly aggregateType: string
  readonly aggregateId: string
  readonly version: number
  readonly body: string
}

const KEPT_MS = 72 * 60 * 60 * 1000

export function kyselyBooks({ connectionString, ids, texts }: Options): NaiveBooks {
  const pool = openPool(connectionString, WORKERS)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

  async function happen(tx: Tx, owner: number, event: Happened): Promise<void> {
    const { type, aggregateType, aggregateId, version, body } = event
    const [id, owner_id] = [ids.next(), ownerId(owner)]
    const about = { aggregate_id: aggregateId, aggregate_version: version }
    const at = new Date().toISOString()
    await tx
      .insertInto('daftari.event')
      .values({ owner_id, id, type, aggregate_type: aggregateType, ...about, at, actor_id: 'bench', body })
      .execute()
    await tx
      .insertInto('daftari.delivery')
      .columns(['owner_id', 'subscription_id', 'event_id', 'aggregate_id', 'aggregate_version'])
      .expression((of) =>
        of
          .selectFrom('daftari.subscription as s')
          .where('s.owner_id', '=', owner_id)
          .where('s.is_enabled', '=', true)
          .where(sql<boolean>`(s.event_types @> array[${type}] or s.event_types = '{*}')`)
          .select(({ ref }) => [
            ref('s.owner_id').as('owner_id'),
            ref('s.id').as('subscription_id'),
            sql<string>`${id}::uuid`.as('event_id'),
            sql<string>`${aggregateId}::uuid`.as('aggregate_id'),
            sql<number>`${version}::integer`.as('aggregate_version'),
          ]),
      )
      .execute()
  }

  return {
    async createExpense(owner, key) {
      await db.transaction().execute(async (tx) => {
        await enter(tx, owner)
        await remember(tx, owner, key, texts.expense)
        const { amountMinor, currency, date, description, words } = EXPENSE
        const id = ids.next()
        await tx
          .insertInto('daftari.expense')
          .values({
            ...{ owner_id: ownerId(owner), id, category_id: categoryId(owner) },
            ...{ amount_minor: amountMinor, currency, expense_date: date, description, words },
            ...recordedNow(),
          })
          .execute()
        const about = { aggregateType: 'expense', aggregateId: id, version: 1 }
        await happen(tx, owner, { type: 'expense.created', ...about, body: texts.expense.event })
      })
    },

    async recordPayment(owner, invoiceId, key) {
      await db.transaction().execute(async (tx) => {
        await enter(tx, owner)
        const owner_id = ownerId(owner)
        const invoice = await tx
          .selectFrom('daftari.invoice')
          .selectAll()
          .where('owner_id', '=', owner_id)
          .where('id', '=', invoiceId)
          .executeTakeFirstOrThrow()
        await tx
          .selectFrom('daftari.payment')
          .selectAll()
          .where('owner_id', '=', owner_id)
          .where('invoice_id', '=', invoiceId)
          .orderBy('created_at')
          .execute()
        await remember(tx, owner, key, texts.payment)
        const { amountMinor, currency, paidOn, method, reference } = PAYMENT
        const { version, ...at } = recordedNow()
        const paid = Number(invoice.paid_minor) + amountMinor
        const updated = await tx
          .updateTable('daftari.invoice')
          .set({
            status: 'partly_paid',
            paid_minor: paid,
            version: invoice.version + version,
            updated_at: at.updated_at,
          })
          .where('owner_id', '=', owner_id)
          .where('id', '=', invoiceId)
          .where('version', '=', invoice.version)
          .executeTakeFirst()
        requireOne(updated.numUpdatedRows)
        const payment = { amount_minor: amountMinor, currency, paid_on: paidOn, method, reference, ...at }
        await tx
          .insertInto('daftari.payment')
          .values({ owner_id, id: ids.next(), invoice_id: invoiceId, ...payment })
          .execute()
        const about = { aggregateType: 'invoice', aggregateId: invoiceId, version: invoice.version + 1 }
        await happen(tx, owner, { type: 'invoice.payment_recorded', ...about, body: texts.payment.event })
      })
    },

    async mergeCategory(owner, from, into, key) {
      await db.transaction().execute(async (tx) => {
        await enter(tx, owner)
        const owner_id = ownerId(owner)
        await remember(tx, owner, key, { event: '', answer: '{"movedExpenses":100}' })
        const category = await tx
          .selectFrom('daftari.category')
          .selectAll()
          .where('owner_id', '=', owner_id)
          .where('id', '=', from)
          .executeTakeFirstOrThrow()
        const expenses = await tx
          .selectFrom('daftari.expense')
          .selectAll()
          .where('owner_id', '=', owner_id)
          .where('category_id', '=', from)
          .execute()
        for (const { id, version: seen } of expenses) {
          const version = seen + 1
          const moved = await tx
            .updateTable('daftari.expense')
            .set({ category_id: into, version, updated_at: new Date().toISOString() })
            .where('owner_id', '=', owner_id)
            .where('id', '=', id)
            .where('version', '=', seen)
            .executeTakeFirst()
          requireOne(moved.numUpdatedRows)
          const about = { aggregateType: 'expense', aggregateId: id, version }
          await happen(tx, owner, { type: 'expense.updated', ...about, body: texts.expense.event })
        }
        const about = { aggregateType: 'category', aggregateId: from, version: category.version + 1 }
        await happen(tx, owner, { type: 'category.deleted', ...about, body: texts.expense.event })
        const deleted = await tx
          .deleteFrom('daftari.category')
          .where('owner_id', '=', owner_id)
          .where('id', '=', from)
          .executeTakeFirst()
        requireOne(deleted.numDeletedRows)
      })
    },

    close: () => db.destroy(),
  }
}

/** As we enter a transaction: the restricted role, the owner, and how long to wait for what. */
async function enter(tx: Tx, owner: number): Promise<void> {
  await sql`set local role daftari_app`.execute(tx)
  await sql`select set_config('app.owner_id', ${ownerId(owner)}, true), set_config('lock_timeout', '2000', true),
    set_config('statement_timeout', '15000', true),
    set_config('idle_in_transaction_session_timeout', '10000', true),
    set_config('datestyle', 'ISO, YMD', true)`.execute(tx)
}

async function remember(tx: Tx, owner: number, key: string, { answer }: Stored): Promise<void> {
  const fingerprint = createHash('sha256').update(key).digest('hex')
  const expires_at = new Date(Date.now() + KEPT_MS).toISOString()
  await tx
    .insertInto('daftari.idempotency')
    .values({ owner_id: ownerId(owner), key, fingerprint, result: answer, expires_at })
    .execute()
}

function recordedNow(): Recorded {
  const now = new Date().toISOString()
  return { version: 1, created_at: now, created_by: 'bench', updated_at: now }
}

function requireOne(rows: bigint): void {
  if (rows !== 1n) throw new Error(`${rows} rows were met, not one`)
}
