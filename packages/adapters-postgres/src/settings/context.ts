import type { PostgresContext } from '../kernel/unit-of-work/context.ts'
import { settingsInvariants } from './invariants.ts'
import { postgresSettingsQueries } from './postgres-settings-queries.ts'
import { postgresSettingsRepository } from './postgres-settings-repository.ts'

export const settings: PostgresContext<'settings', 'settings'> = {
  repositories: {
    settings: postgresSettingsRepository,
  },
  queries: ({ database }) => ({
    settings: postgresSettingsQueries(database),
  }),
  invariants: settingsInvariants,
}
