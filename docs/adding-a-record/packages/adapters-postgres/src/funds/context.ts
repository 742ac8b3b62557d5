import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { fundsMigration } from './migrations/0999-funds.ts'
import { postgresFundQueries, postgresFundRepository } from './postgres-funds.ts'

export const funds: PostgresContext<'funds', 'funds'> = {
  repositories: { funds: postgresFundRepository },
  queries: ({ views }) => ({ funds: postgresFundQueries(views) }),
  migrations: [fundsMigration],
  invariants: {
    records: [`select owner_id, 'fund' as aggregate_type, id as aggregate_id, version from daftari.fund`],
  },
}
