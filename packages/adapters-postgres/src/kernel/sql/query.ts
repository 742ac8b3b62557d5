import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { Tables } from '../../tables.ts'
import type { Statement } from '../session/statement.ts'

/** Builds SQL but does not run it. Statements are sent by the session of their transaction. */
export const from: Kysely<Tables> = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

export function compiled(query: Compilable): Statement {
  const { sql, parameters } = query.compile()
  return { text: sql, values: parameters }
}
