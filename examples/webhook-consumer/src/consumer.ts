import {
  type BooksEvent,
  inboxTables,
  isInboxError,
  messageOf,
  postgresInbox,
  readEvent,
  receiveOnce,
  verify,
} from '@daftari/inbox'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Pool, PoolClient } from 'pg'

export interface ConsumerOptions {
  readonly pool: Pool
  /** Both, while a secret is being changed. */
  readonly secrets: readonly string[]
}

/** Creates what the consumer stores in, once. */
export async function createTables(pool: Pool): Promise<void> {
  await pool.query(inboxTables)
  await pool.query('create table if not exists expense_seen (id text primary key, description text)')
}

/** A server that keeps the description of every expense of the books. */
export function consumer({ pool, secrets }: ConsumerOptions): FastifyInstance {
  const app = Fastify()
  // The signature is over the bytes as they came, so nothing may parse them before.
  app.addContentTypeParser('application/cloudevents+json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.setErrorHandler((error, _request, reply) =>
    isInboxError(error) && error.code !== 'secret_invalid'
      ? reply.code(400).send({ code: error.code })
      : reply.code(500).send(),
  )

  app.post<{ Body: Buffer }>('/hooks', async ({ body, headers }, reply) => {
    const { id } = verify({ body, headers, secrets })
    await receive(pool, readEvent(body, id))
    // Only now, after the commit: whatever else is answered, the event comes again.
    return reply.code(204).send()
  })
  return app
}

async function receive(pool: Pool, event: BooksEvent): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await receiveOnce(postgresInbox(client), messageOf(event), () => apply(client, event))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function apply(client: PoolClient, { type, subject, data }: BooksEvent): Promise<void> {
  if (!type.startsWith('expense.')) return
  if (data.after === null) {
    await client.query('delete from expense_seen where id = $1', [subject])
    return
  }
  const { description } = data.after as { readonly description: string | null }
  await client.query(
    `insert into expense_seen (id, description) values ($1, $2)
     on conflict (id) do update set description = excluded.description`,
    [subject, description],
  )
}
