import { createPostgresAdapters, type PostgresOptions } from '@daftari/adapters-postgres'
import { createBooks } from '@daftari/application'
import type { Config } from '../config.ts'
import { bringUpToDate } from '../database/bring-up-to-date.ts'
import { type OpenDatabase, openDatabase } from '../database/open-database.ts'
import { joinStores, openStores } from '../files/open-files.ts'
import { dispatcherOf } from '../outbox/dispatcher-of-config.ts'
import { type Container, emptyContainer } from './container.ts'
import { tokens } from './tokens.ts'

/**
 * Composes the whole program without HTTP. The database is opened and migrated; all other parts are made when they are
 * resolved. Dispose of the container at the end.
 * @example const books = (await createContainer(loadConfig(process.env))).resolve(tokens.books)
 */
export async function createContainer(config: Config): Promise<Container> {
  const database = await openDatabase(config)
  try {
    await bringUpToDate(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return compose(config, database)
}

/** The options of the database connections, apart from the addresses. */
export function waysToReach({
  namedStatements,
  databaseReadUrl,
}: Config): Pick<PostgresOptions, 'namedStatements' | 'readConnectionString'> {
  return { namedStatements, ...(databaseReadUrl === null ? {} : { readConnectionString: databaseReadUrl }) }
}

/** Composes the program on an open database. The container closes the database. */
export function compose(
  config: Config,
  database: OpenDatabase,
  log: (message: string) => void = () => {},
): Container {
  const container = emptyContainer()
  container.register(tokens.config, () => config)
  container.register(
    tokens.database,
    () => database,
    () => database.close(),
  )
  container.register(tokens.fileStores, () => openStores(config))
  container.register(
    tokens.files,
    ({ resolve }) => joinStores(resolve(tokens.fileStores), log),
    (files) => files.close(),
  )
  container.register(
    tokens.adapters,
    ({ resolve }) => {
      const { connectionString, systemConnectionString, masterKey } = resolve(tokens.database)
      return createPostgresAdapters({
        ...waysToReach(config),
        connectionString,
        systemConnectionString,
        masterKey,
        files: resolve(tokens.files),
        fileStores: resolve(tokens.fileStores),
        log,
      })
    },
    (adapters) => adapters.close(),
  )
  container.register(tokens.ports, ({ resolve }) => resolve(tokens.adapters))
  container.register(tokens.books, ({ resolve }) =>
    createBooks(resolve(tokens.ports), { uploadLimitBytes: config.uploadMaxBytes }),
  )
  container.register(
    tokens.dispatcher,
    ({ resolve }) => dispatcherOf(config.outbox, resolve(tokens.ports), log),
    (dispatcher) => dispatcher.stop(),
  )
  container.resolve(tokens.database)
  return container
}
