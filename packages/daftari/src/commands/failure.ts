import { type AnyDomainError, isDomainError } from '@daftari/domain'
import { ConfigError } from '../config.ts'
import { UsageError } from './output.ts'

const UNEXPECTED = 1
const USAGE = 2

/** Nobody's fault who typed the command: it may well do when it is typed again. */
const OF_OPERATION: ReadonlySet<string> = new Set([
  'concurrent_change',
  'idempotency_in_progress',
  'outcome_unknown',
  'overloaded',
  'storage_full',
  'unavailable',
])

/** What ended a command: said to a person, and as an exit code. */
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

/** The sentence of an error, with what caused it; never with what a driver notes beside it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = sentenceOf(error)
  return error.cause instanceof Error ? `${own} (${sentenceOf(error.cause)})` : own
}

/** A host with several addresses is refused once by each, and the whole has no sentence of its own. */
function sentenceOf(error: Error): string {
  if (error.message !== '') return error.message
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? sentenceOf(first) : error.name
}
