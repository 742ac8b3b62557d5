import type { PostgresAdapters } from '@daftari/adapters-postgres'
import { stopWhenNpmIsGone } from '@daftari/embedded-postgres'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { say } from '../commands/output.ts'
import type { Container } from '../composition/container.ts'
import { compose } from '../composition/create-container.ts'
import { tokens } from '../composition/tokens.ts'
import type { Config } from '../config.ts'
import { bringUpToDate } from '../database/bring-up-to-date.ts'
import { type OpenDatabase, openDatabase } from '../database/open-database.ts'
import { prepareFiles } from '../files/open-files.ts'
import { authenticateByKey } from './authenticate.ts'
import { firstKey } from './first-key.ts'
import { forgetFromTimeToTime } from './forget-answers.ts'
import { jsonLogger } from './json-logger.ts'
import { keepOutbox } from './keep-outbox.ts'
import { onShutdownSignal } from './on-shutdown-signal.ts'
import { createService } from './service.ts'

const STOP_WITHIN_MS = 25_000
const UNDELIVERED =
  'This process does not deliver events, because that needs a login that owns the schema. Set DATABASE_SYSTEM_URL to such a login.'

/** Runs the service until it receives a signal. Messages go to stderr; the last line of the start goes to stdout as JSON for programs. */
export async function serve(config: Config): Promise<void> {
  const logger = jsonLogger(config.logLevel)
  const running: { url?: string; service?: FastifyInstance; isStopping: boolean } = { isStopping: false }
  const database = await openDatabase(config, {
    log: (line) => logger.debug({ postgres: line }),
    describe: () => (running.url === undefined ? {} : { url: running.url }),
  })
  const container = compose(config, database, (message) => logger.warn(message))
  function end(cause: string): Promise<void> {
    running.isStopping = true
    logger.info({ cause }, 'Stopping')
    return stop(running.service, container, logger)
  }
  onShutdownSignal(end, stopWhenNpmIsGone)
  database.onLoss((output) => {
    if (running.isStopping) return
    process.exitCode = 1
    logger.fatal({ output }, 'The database server stopped unexpectedly')
    void end('the database server stopped')
  })
  try {
    if (database.notice !== null) say(database.notice)
    for (const sentence of await bringUpToDate(database)) say(sentence)
    await container.resolve(tokens.adapters).ready()
    await begin(config, container, logger, running)
  } catch (failure) {
    // A signal or the loss of the database interrupted the start and was already logged, so this error is only its
    // consequence.
    if (running.isStopping) return void (await running.service?.close())
    await end('the start failed')
    throw failure
  }
}

async function begin(
  config: Config,
  container: Container,
  logger: Logger,
  running: { url?: string; service?: FastifyInstance; isStopping: boolean },
): Promise<void> {
  const books = container.resolve(tokens.books)
  const adapters = container.resolve(tokens.adapters)
  const mayDeliver = !config.outbox.isAutomatic || (await adapters.mayDispatch())
  const delivers = config.outbox.isAutomatic && mayDeliver
  const keeper = delivers ? keepOutbox(adapters.dispatch, logger) : null
  const service = await createService({
    books,
    authenticate: authenticateByKey(books),
    health: { isReady: async () => !running.isStopping && (await isReachable(adapters)) },
    logger,
    measured: { ...adapters, repaired: () => keeper?.repaired ?? 0 },
  })
  running.service = service
  service.addHook('onClose', forgetFromTimeToTime(adapters, logger))
  service.addHook('onClose', async () => keeper?.end())
  await service.listen({ host: config.host, port: config.port })
  const url = urlOf(service, config.host)
  running.url = url
  const noFiles = await prepareFiles(container.resolve(tokens.ports))
  const { text, sentence } = await firstKey(books, config)
  say(keptWhere(container.resolve(tokens.database)))
  say(sentence)
  if (noFiles !== null) say(noFiles)
  if (!mayDeliver) say(UNDELIVERED)
  if (delivers) deliver(container, logger)
  process.stdout.write(`${JSON.stringify({ url, docs: `${url}/docs`, apiKey: text })}\n`)
}

/** Delivers events until the container is disposed of. */
function deliver(container: Container, logger: Logger): void {
  container
    .resolve(tokens.dispatcher)
    .run()
    .catch((error) =>
      logger.error({ err: error }, 'The dispatcher ended with an error; events are no longer delivered'),
    )
}

async function isReachable(adapters: PostgresAdapters): Promise<boolean> {
  try {
    await adapters.ping()
    return true
  } catch {
    return false
  }
}

function keptWhere({ place }: OpenDatabase): string {
  return place === null
    ? 'The books are stored in the database of DATABASE_URL.'
    : `The books are stored in ${place}, by an embedded PostgreSQL server that runs as long as this process.`
}

/** An address that a client on this machine can use, even when the service listens on all interfaces. */
function urlOf(service: FastifyInstance, host: string): string {
  const [address] = service.addresses()
  if (typeof address !== 'object') throw new Error('The service does not listen on a port')
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${address.port}`
}

/** Lets running requests end first, and then closes the database. */
async function stop(
  service: FastifyInstance | undefined,
  container: Container,
  logger: Logger,
): Promise<void> {
  const impatience = setTimeout(() => service?.server.closeAllConnections(), STOP_WITHIN_MS)
  try {
    await service?.close()
    await container.dispose()
  } catch (error) {
    logger.error({ err: error }, 'An error occurred during the shutdown')
    process.exitCode = 1
  } finally {
    clearTimeout(impatience)
  }
}
