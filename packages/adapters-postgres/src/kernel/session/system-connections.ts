import type pg from 'pg'
import { databaseError } from './postgres-errors.ts'
import { statementName } from './statement.ts'

/** Runs statements on the rows of all owners, each in its own transaction. */
export class SystemConnections {
  readonly #pool: pg.Pool
  readonly #isNamed: boolean

  constructor(pool: pg.Pool, isNamed: boolean) {
    this.#pool = pool
    this.#isNamed = isNamed
  }

  readonly query = async (text: string, values: readonly unknown[]): Promise<pg.QueryResult['rows']> =>
    (await this.#run(text, values)).rows

  async change(text: string, values: readonly unknown[]): Promise<number> {
    return (await this.#run(text, values)).rowCount ?? 0
  }

  async #run(text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    const named = this.#isNamed ? { name: statementName(text) } : {}
    try {
      return await this.#pool.query({ text, values: [...values], ...named })
    } catch (error) {
      throw databaseError(error)
    }
  }
}
