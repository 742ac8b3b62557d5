import { strict as assert } from 'node:assert'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { LightMyRequestResponse } from 'fastify'

/** Holds answers to the OpenAPI document: a status, a type, a header or a member that it does not know fails the test. */
export interface Witness {
  judge(method: string, url: string, answer: LightMyRequestResponse): void
  /** What is wrong with the value, or `null`. */
  faultsOf(pointer: string, value: unknown): string | null
}

interface Operation {
  readonly responses: Readonly<Record<string, Response | undefined>>
}
interface Response {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, unknown>>
}
interface Document {
  readonly paths: Readonly<Record<string, object>>
}

const OF_EVERY_ANSWER = [
  'cache-control',
  'content-length',
  'content-type',
  'connection',
  'date',
  'keep-alive',
  'transfer-encoding',
  'www-authenticate',
  'x-content-type-options',
  'x-request-id',
]

export function witness(document: Document): Witness {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema(document, 'openapi')

  function faultsOf(pointer: string, value: unknown): string | null {
    const validate = ajv.getSchema(`openapi#${pointer}`)
    assert(validate !== undefined, `There is no schema at ${pointer}`)
    return validate(value) ? null : ajv.errorsText(validate.errors)
  }

  function judge(method: string, url: string, answer: LightMyRequestResponse): void {
    const path = pathOf(document, url)
    const verb = method.toLowerCase()
    const operation = path === undefined ? undefined : operationAt(document, path, verb)
    if (path === undefined || operation === undefined) return
    const status = String(answer.statusCode)
    const response = operation.responses[status]
    assert(response !== undefined, `${method} ${path} does not say that it answers ${status}: ${answer.body}`)
    judgeHeaders(response, answer)
    const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? ''
    const types = Object.keys(response.content ?? {})
    assert(type === '' ? types.length === 0 : types.includes(type), `${method} ${path} answers ${type}`)
    if (!type.endsWith('json')) return
    const where = ['paths', path, verb, 'responses', status, 'content', type, 'schema'].map(escaped).join('/')
    assert.equal(faultsOf(`/${where}`, answer.json()), null, `${method} ${path} ${status}`)
  }

  return { judge, faultsOf }
}

function operationAt({ paths }: Document, path: string, verb: string): Operation | undefined {
  return (paths[path] as Readonly<Record<string, Operation | undefined>>)[verb]
}

function judgeHeaders({ headers = {} }: Response, answer: LightMyRequestResponse): void {
  const documented = Object.keys(headers).map((name) => name.toLowerCase())
  const unknown = Object.keys(answer.headers).filter(
    (name) => !OF_EVERY_ANSWER.includes(name) && !documented.includes(name),
  )
  assert.deepEqual(unknown, [], 'headers that the document does not know')
}

/** A path without parameters goes before one that has them. */
function pathOf({ paths }: Document, url: string): string | undefined {
  const [asked = ''] = url.split('?')
  const fitting = Object.keys(paths).filter((path) => {
    const pattern = path.replaceAll(/\{[^}]+\}/g, '[^/]+')
    return new RegExp(`^${pattern}$`).test(asked)
  })
  return fitting.sort((one, other) => one.split('{').length - other.split('{').length)[0]
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
