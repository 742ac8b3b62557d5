import { migrationStatus } from '@daftari/adapters-postgres'
import type { Books } from '@daftari/application'
import type { Container } from '../composition/container.ts'
import { compose } from '../composition/create-container.ts'
import { tokens } from '../composition/tokens.ts'
import { joinDatabase, type OpenDatabase } from '../database/open-database.ts'
import { configOfEnvironment } from './environment.ts'
import { UsageError } from './output.ts'

/** The actor of changes made by commands. */
export const OPERATOR = { actorId: 'daftari command line' }

/** Runs a command on the configured database. An embedded database is started for the command when no service runs it. */
export async function withDatabase<Result>(
  work: (database: OpenDatabase) => Promise<Result>,
): Promise<Result> {
  const database = await joinDatabase(configOfEnvironment())
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** Like `withDatabase`, for commands that need the schema of the books. */
export function withSchema<Result>(work: (database: OpenDatabase) => Promise<Result>): Promise<Result> {
  return withDatabase((database) => onBooks(database, () => work(database)))
}

/** Runs a command with the use cases. @throws MigrationRefused, when the schema is not up to date */
export function withBooks<Result>(work: (books: Books) => Promise<Result>): Promise<Result> {
  return withContainer((container) => work(container.resolve(tokens.books)))
}

/** Like `withBooks`, with the container that holds all parts. @throws MigrationRefused */
export async function withContainer<Result>(
  work: (container: Container) => Promise<Result>,
): Promise<Result> {
  const config = configOfEnvironment()
  const database = await joinDatabase(config)
  const container = compose(config, database)
  try {
    await onBooks(database, () => container.resolve(tokens.adapters).ready())
    return await work(container)
  } finally {
    await container.dispose()
  }
}

/** When the database has no schema yet, an error of the database is replaced by a message that says what to do. */
async function onBooks<Result>(database: OpenDatabase, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(await isEmpty(database))) throw error
    throw new Error(
      'The database has no books yet. To create them, start the service, or run: daftari migrate up',
    )
  }
}

/** Gives `false` also when the check itself fails; the original error is reported then. */
async function isEmpty({ systemConnectionString: connectionString }: OpenDatabase): Promise<boolean> {
  const steps = await migrationStatus({ connectionString }).catch(() => [])
  return steps.length > 0 && steps.every(({ isApplied }) => !isApplied)
}

/** The owner given with `--owner`, or the only owner. @throws UsageError */
export async function ownerOf(books: Books, named: string | undefined): Promise<string> {
  if (named !== undefined) return (await books.access.getOwner(OPERATOR, { ownerId: named })).id
  const { data } = await books.access.listOwners(OPERATOR, { limit: 2 })
  const [only, another] = data
  if (only === undefined) throw new UsageError('there is no owner; run: daftari owners create --name "…"')
  if (another !== undefined) throw new UsageError('there are several owners; choose one with --owner <id>')
  return only.id
}
