import { booksPlugin } from './books-plugin.ts'

export type { Authenticate, Caller, CallerScope } from './authentication/authentication.ts'
export { openOnLoopback } from './authentication/open-on-loopback.ts'
export { requireHost } from './authentication/require-host.ts'
export { type BooksPluginOptions, booksPlugin } from './books-plugin.ts'
export { takeJson } from './endpoint/body-parsers.ts'
export { closeSlowConnections, SENDER_LIMITS, type SenderLimits } from './endpoint/sender-limits.ts'
export type { Health } from './health/health-routes.ts'
export { type OpenapiDocument, openapiDocument } from './openapi/openapi-document.ts'
export { answerClientError } from './problem/answer-client-error.ts'
export { answerError, answerNotFound } from './problem/answer-problem.ts'
/** @alias */
// biome-ignore lint/style/noDefaultExport: plugins of Fastify are imported this way, and docs promise it
export default booksPlugin
