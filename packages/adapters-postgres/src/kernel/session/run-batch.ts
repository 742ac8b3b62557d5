import pg, { type PoolClient, type QueryConfig, type QueryResult } from 'pg'
import { isGone } from './connections.ts'
import { ConnectionGone } from './postgres-errors.ts'
import { type Statement, statementName } from './statement.ts'

/** The first statement of a batch that failed. The later statements failed only because of it. */
export class BatchFailure extends Error {
  readonly index: number
  override readonly cause: unknown

  constructor(index: number, cause: unknown) {
    super('a statement of the batch failed')
    this.index = index
    this.cause = cause
  }
}

export interface BatchOptions {
  readonly isNamed: boolean
  /** How long to wait for the last answer before the connection is closed. */
  readonly patienceMs: number
}

const CONTROL = /^(begin|commit|rollback|savepoint|release)/

/**
 * Sends all statements at once and waits for all answers, in one round trip. PostgreSQL runs them in order. After an
 * error it refuses the rest and answers a commit with a rollback.
 */
export async function runBatch(
  client: PoolClient,
  statements: readonly Statement[],
  { isNamed, patienceMs }: BatchOptions,
): Promise<readonly QueryResult[]> {
  if (isGone(client))
    throw new BatchFailure(0, new ConnectionGone('the connection was lost while it was held'))
  const last = statements.length - 1
  const sent = inOnePiece(client, () =>
    statements.map((statement, index) => {
      const query = queryOf(statement, isNamed)
      if (index < last) return client.query(query)
      // Answers arrive in order, so a timeout on the last one covers all.
      const patient = { ...query, query_timeout: patienceMs }
      return client.query(patient)
    }),
  )
  const answers = await Promise.allSettled(sent)
  const results: QueryResult[] = []
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'rejected') throw new BatchFailure(index, answer.reason)
    results.push(answer.value)
  }
  const command = results[last]?.command
  if (statements[last]?.text === 'commit' && command !== 'COMMIT') {
    throw new BatchFailure(last, new Error(`commit was answered ${command}`))
  }
  return results
}

function queryOf({ text, values }: Statement, isNamed: boolean): QueryConfig {
  if (isNamed && !CONTROL.test(text)) return { name: statementName(text), text, values: [...values] }
  return values.length === 0 ? { text } : { text, values: [...values] }
}

/** Writes all statements to the socket in one system call, which costs less than one call for each. */
function inOnePiece<Value>(client: PoolClient, send: () => Value): Value {
  const stream = client instanceof pg.Client ? client.connection.stream : null
  stream?.cork()
  try {
    return send()
  } finally {
    stream?.uncork()
  }
}
