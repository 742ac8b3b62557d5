import { type AnyDomainError, isDomainError } from '@daftari/domain'
import { ConfigError } from '../config.ts'
import { UsageError } from './output.ts'

const UNEXPECTED = 1
const USAGE = 2

/** The codes of failures that are not caused by the command line. The same command may succeed later. */
const OF_OPERATION: ReadonlySet<string> = new Set([
  'concurrent_change',
  'idempotency_in_progress',
  'outcome_unknown',
  'overloaded',
  'storage_full',
  'unavailable',
])

/** The reason why a command failed: a sentence for stderr and an exit code. */
export interface Failure {
  readonly exitCode: number
  readonly sentences: readonly string[]
}

export function failureOf(error: unknown): Failure {
  if (isDomainError(error)) return refusal(error)
  const isUsage = error instanceof ConfigError || error instanceof UsageError
  return { exitCode: isUsage ? USAGE : UNEXPECTED, sentences: [reasonOf(error)] }
}

function refusal(error: AnyDomainError): Failure {
  const exitCode = OF_OPERATION.has(error.code) ? UNEXPECTED : USAGE
  const sentences = [`${reasonOf(error)} [${error.code}]`]
  if (error.code === 'validation_failed') {
    sentences.push(...error.details.errors.map(({ pointer, detail }) => `  ${fieldOf(pointer)}: ${detail}`))
  }
  return { exitCode, sentences }
}

/** `/scopes/0` is read as `scopes.0`. */
function fieldOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.')
}

/** The message of an error and of its causes. Other properties, which drivers may add, are left out because they may contain secrets. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = sentenceOf(error)
  return error.cause instanceof Error ? `${own} (${sentenceOf(error.cause)})` : own
}

/** Connecting to a host with several addresses fails with an `AggregateError` without a message, so the messages of its parts are used. */
function sentenceOf(error: Error): string {
  if (error.message !== '') return error.message
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? sentenceOf(first) : error.name
}
