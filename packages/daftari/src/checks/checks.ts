import { migrationStatus, refuseLoadedBooks } from '@daftari/adapters-postgres'
import { isDomainError } from '@daftari/application'
import { compose } from '../composition/create-container.ts'
import { tokens } from '../composition/tokens.ts'
import type { Check } from './check.ts'
import { checkOutbox } from './check-outbox.ts'
import { checkCurrency, checkRepositories, checkTransactions } from './scratch-books.ts'

const database: Check = {
  component: 'database',
  remedy: 'daftari doctor --component config -v',
  async run({ database: { connectionString } }) {
    try {
      await migrationStatus({ connectionString })
    } catch (error) {
      // Other errors mean that the server answers; the following checks report them.
      if (isDomainError(error)) throw error
    }
    return ['the server answers']
  },
}

const migrations: Check = {
  component: 'migrations',
  remedy: 'daftari migrate up',
  async run({ database: { systemConnectionString: connectionString } }) {
    const steps = await migrationStatus({ connectionString })
    const missing = steps.filter(({ isApplied }) => !isApplied)
    if (missing.length > 0) throw new Error(`missing: ${missing.map(({ name }) => name).join(', ')}`)
    await refuseLoadedBooks({ connectionString })
    return [...steps.map(({ name }) => `${name} is applied`), 'every event has a number of this server']
  },
}

const walls: Check = {
  component: 'container',
  remedy: 'daftari doctor --component migrations -v',
  async run({ config: given, database: open, adapters }) {
    await adapters.ready()
    const container = compose(given, { ...open, close: async () => {} })
    try {
      container.resolve(tokens.books)
    } finally {
      await container.dispose()
    }
    return ['row level security holds', 'all parts of the library can be composed']
  },
}

/** The checks that all others depend on. Each of them depends on the ones before it. */
export const foundations: readonly [Check, ...Check[]] = [database, migrations]

/** The checks on an open database, in the order in which they run. */
export const checks: readonly Check[] = [
  ...foundations,
  {
    component: 'repositories',
    remedy: 'daftari doctor --component migrations -v',
    run: ({ adapters }) => checkRepositories(adapters),
  },
  {
    component: 'transactions',
    remedy: 'daftari doctor --component database -v',
    run: ({ adapters }) => checkTransactions(adapters),
  },
  {
    component: 'currency',
    remedy: 'daftari doctor --component repositories -v',
    run: ({ adapters }) => checkCurrency(adapters),
  },
  checkOutbox,
  walls,
]
