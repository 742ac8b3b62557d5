import { randomUUID } from 'node:crypto'
import type { Books } from '@daftari/application'
import {
  type Authenticate,
  answerClientError,
  answerError,
  answerNotFound,
  booksPlugin,
  closeSlowConnections,
  type Health,
  requireHost,
  SENDER_LIMITS,
  takeJson,
} from '@daftari/http'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { addDocuments } from './documents.ts'
import { addMetrics, type Measured } from './metrics.ts'

interface Parts {
  readonly books: Books
  readonly authenticate: Authenticate
  readonly health: Health
  readonly logger: FastifyBaseLogger
  readonly measured: Measured
}

/** For a whole request, however fast it comes. Those that are too slow are refused far earlier. */
const REQUEST_TIMEOUT_MS = 15 * 60_000
const CONNECTION_TIMEOUT_MS = 60_000

/** Creates the HTTP service. It does not listen yet. */
export async function createService({
  books,
  authenticate,
  health,
  logger,
  measured,
}: Parts): Promise<FastifyInstance> {
  const service: FastifyInstance = Fastify({
    loggerInstance: logger,
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // The hook `requireHost` does this instead, because its answer is a problem.
    http: { requireHostHeader: false },
    frameworkErrors: answerError,
    clientErrorHandler: answerClientError,
  })
  endConnectionsOnClose(service)
  service.addHook('onRequest', requireHost)
  ignoreExpectations(service)
  takeJson(service, SENDER_LIMITS)
  closeSlowConnections(service, SENDER_LIMITS)
  service.setErrorHandler(answerError)
  service.setNotFoundHandler(answerNotFound)
  await service.register(booksPlugin, { books, authenticate, health })
  await addDocuments(service, authenticate)
  addMetrics(service, authenticate, measured)
  return service
}

/** Closes idle keep-alive connections, because they would delay the shutdown until they time out. */
function endConnectionsOnClose(service: FastifyInstance): void {
  let isClosing = false
  service.addHook('preClose', async () => {
    isClosing = true
  })
  service.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
}

/** Node would answer every `Expect` except `100-continue` with an empty 417. HTTP allows a server to ignore the header. */
function ignoreExpectations(service: FastifyInstance): void {
  service.server.on('checkExpectation', (request, response) => service.routing(request, response))
}
