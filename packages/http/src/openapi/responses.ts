import type { z } from 'zod'
import type { Current, DocumentedAnswer, Endpoint } from '../endpoint/endpoint.ts'
import { PROBLEM_TYPE, RETRY_SOON } from '../problem/answer-problem.ts'
import { meanings, type ProblemCode } from '../problem/problem-code.ts'
import { staleProblemView, wholeProblemView } from '../problem/problem-view.ts'
import { describedHeaders, type HeaderName } from './described-headers.ts'
import { viewSchema } from './json-schema.ts'

type Responses = Readonly<Record<string, object>>

export function responses<Query extends z.ZodObject, Body>(endpoint: Endpoint<Query, Body>): Responses {
  const { answers, method, current } = endpoint
  const answered = answers.map((answer) => [answer.status, response(answer, method)])
  return { ...Object.fromEntries(answered), ...refusalResponses(refusalsOf(endpoint), current) }
}

/** The documented refusals, by status. */
export function refusalResponses(refusals: readonly ProblemCode[], current?: Current): Responses {
  const byStatus = Object.entries(Object.groupBy(refusals, (code) => meanings[code].status))
  return Object.fromEntries(byStatus.map(([status, codes = []]) => [status, refusal(codes, current)]))
}

export function response(
  { description, view, isCsv, fileTypes, headers: names = [] }: DocumentedAnswer,
  method: Endpoint['method'],
): object {
  const told: HeaderName[] = method === 'POST' ? [...names, 'Idempotency-Replayed'] : [...names]
  const described = { description, ...(told.length === 0 ? {} : { headers: pick(told) }) }
  if (isCsv === true) return { ...described, content: { 'text/csv': { schema: { type: 'string' } } } }
  if (fileTypes !== undefined) {
    const file = { schema: { type: 'string', format: 'binary' } }
    return { ...described, content: Object.fromEntries(fileTypes.map((type) => [type, file])) }
  }
  if (view === undefined) return { ...described, type: 'null' }
  return { ...described, content: { 'application/json': { schema: viewSchema(view) } } }
}

function pick(names: readonly HeaderName[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, describedHeaders[name]]))
}

function refusal(codes: readonly ProblemCode[], current: Current | undefined): object {
  const description = codes.map((code) => `\`${code}\`: ${meanings[code].title}.`).join('\n')
  if (current !== undefined && codes.includes('concurrent_change')) {
    const schema = viewSchema(staleProblemView(current.view))
    return { description, headers: pick(['ETag']), content: { [PROBLEM_TYPE]: { schema } } }
  }
  const retry = codes.some((code) => RETRY_SOON.has(code)) ? { headers: pick(['Retry-After']) } : {}
  return { description, ...retry, content: { [PROBLEM_TYPE]: { schema: viewSchema(wholeProblemView) } } }
}

const ofAll: readonly ProblemCode[] = [
  'unauthenticated',
  'scope_missing',
  'invalid_query',
  'url_too_long',
  'internal_error',
]
const ofReads: readonly ProblemCode[] = ['unavailable', 'overloaded']
const ofWrites: readonly ProblemCode[] = [...ofReads, 'outcome_unknown']
const ofPosts: readonly ProblemCode[] = [
  'invalid_header',
  'idempotency_in_progress',
  'idempotency_key_reused',
]
const ofBodies: readonly ProblemCode[] = [
  'malformed_json',
  'request_timeout',
  'too_large',
  'unsupported_type',
  'validation_failed',
]
const ofFiles: readonly ProblemCode[] = [
  'malformed_multipart',
  'request_timeout',
  'too_large',
  'unsupported_type',
  'validation_failed',
  'storage_full',
]
const ofTargets: readonly ProblemCode[] = ['invalid_header', 'precondition_required', 'concurrent_change']

function refusalsOf<Query extends z.ZodObject, Body>({
  method,
  path,
  body,
  current,
  isVersionOptional,
  takesCsv,
  takesFile,
  refusals = [],
}: Endpoint<Query, Body>): ProblemCode[] {
  const codes = [
    ...ofAll,
    ...(method === 'GET' ? ofReads : ofWrites),
    ...(method === 'POST' ? ofPosts : []),
    ...(body === undefined ? [] : ofBodies),
    ...(takesFile ? ofFiles : []),
    ...(current === undefined ? [] : ofTargets),
    ...(path.includes(':id') ? (['not_found'] as const) : []),
    ...refusals,
  ]
  const impossible: ProblemCode[] = [
    ...(takesCsv ? (['malformed_json'] as const) : []),
    ...(isVersionOptional ? (['precondition_required'] as const) : []),
  ]
  return [...new Set(codes)].filter((code) => !impossible.includes(code))
}
