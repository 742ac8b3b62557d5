import { createPostgresAdapters, migrateUp } from '@daftari/adapters-postgres'
import { type Books, createBooks, type Ids } from '@daftari/application'
import { WORKERS } from '../contest/contender.ts'
import { openPool } from '../contest/open-pool.ts'
import { startQuietServer } from '../contest/quiet-server.ts'
import { invoiceId, OWNERS, ownerId } from './ids.ts'
import { expenseInput, paymentInput } from './inputs.ts'
import { kyselyBooks, type NaiveBooks } from './kysely-books.ts'
import { BOOKS, SETTLE } from './seed.ts'
import type { Stored, Texts } from './texts.ts'

/** A durable server with books on it, and everybody who writes to it. */
export interface Stage {
  readonly connectionString: string
  readonly serverPid: number
  readonly ids: Ids
  readonly books: Books
  readonly naive: NaiveBooks
  readonly texts: Texts
  /** As the superuser, before whom no wall stands. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

/** Owners, categories, subscriptions and invoices are there when it opens. */
export async function openStage(): Promise<Stage> {
  const server = await startQuietServer()
  const { connectionString } = server
  await migrateUp({ connectionString })
  const pool = openPool(connectionString, 1)
  const adapters = createPostgresAdapters({ connectionString, maxConnections: WORKERS })
  const books = createBooks(adapters)
  const query: Stage['query'] = async (text, values = []) => (await pool.query(text, [...values])).rows
  for (const text of [...BOOKS, SETTLE]) await query(text)
  const texts = await storedTexts(books, query)
  const naive = kyselyBooks({ connectionString, ids: adapters.ids, texts })
  return {
    connectionString,
    serverPid: server.pid,
    ids: adapters.ids,
    books,
    naive,
    texts,
    query,
    async close() {
      await Promise.all([adapters.close(), naive.close(), pool.end()])
      await server.stop()
    },
  }
}

async function storedTexts(books: Books, query: Stage['query']): Promise<Texts> {
  const scope = (idempotencyKey: string) => ({ ownerId: ownerId(OWNERS), actorId: 'bench', idempotencyKey })
  await books.expenses.create(scope('expense'), expenseInput(OWNERS))
  await books.invoices.recordPayment(scope('payment'), { invoiceId: invoiceId(OWNERS, 0, 1) }, paymentInput())
  const rows = await query(`select k.key, k.result as answer, e.body as event from daftari.idempotency k
    join daftari.event e on e.owner_id = k.owner_id and e.type =
      case k.key when 'expense' then 'expense.created' else 'invoice.payment_recorded' end`)
  const stored = (key: string): Stored => {
    const row = rows.find((one) => one.key === key)
    return { event: String(row?.event), answer: String(row?.answer) }
  }
  return { expense: stored('expense'), payment: stored('payment') }
}
