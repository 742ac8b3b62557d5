import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jsonLogger } from '../src/serve/json-logger.ts'
import { createService } from '../src/serve/service.ts'

const HOST = 'Host: books\r\nConnection: close\r\n'
const JSON_TYPE = 'Content-Type: application/json\r\n'
const LONG_ID = 'x'.repeat(101)

let service: FastifyInstance
let logged = ''

function keepLine(line: string): void {
  logged += line
}

/** The service on memory adapters, asked over real connections: what Node refuses never reaches `inject`. */
beforeAll(async () => {
  const memory = createMemoryAdapters()
  const caller = { ownerId: '019a9a60-0000-7000-8000-00000000000a', actorId: 'a test' }
  service = await createService({
    books: createBooks(memory),
    authenticate: () => ({ ...caller, scopes: ['read', 'write', 'admin'] }),
    health: { isReady: () => true },
    logger: jsonLogger('trace', { write: keepLine }),
    measured: { ...memory, repaired: () => 0 },
  })
  await service.listen({ port: 0 })
})
afterAll(() => service.close())

interface Refused {
  readonly status: number
  readonly type: string | undefined
  readonly body: Readonly<Record<string, unknown>>
}

/** Sends the text as it is and reads until the service closes the connection. */
async function send(text: string, fail?: Error): Promise<Refused> {
  const accepted = once(service.server, 'connection')
  const socket = connect((service.server.address() as AddressInfo).port, '127.0.0.1')
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  // The service closes without having read everything.
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  socket.write(text, 'latin1')
  const [connection] = await accepted
  // As Node tells it that it has lost its patience.
  if (fail !== undefined) service.server.emit('clientError', fail, connection)
  await closed
  const [head = '', body = ''] = Buffer.concat(pieces).toString().split('\r\n\r\n')
  return {
    status: Number(head.split(' ')[1]),
    type: /^content-type: (.*)$/im.exec(head)?.[1],
    body: body === '' ? {} : JSON.parse(body),
  }
}

function expectProblem({ status, type, body }: Refused, code: string): void {
  expect(body).toMatchObject({
    type: `urn:daftari:problem:${code}`,
    title: expect.any(String),
    status,
    code,
    detail: expect.any(String),
    instance: expect.any(String),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    errors: [],
  })
  expect([type, status >= 400 && status < 500]).toEqual(['application/problem+json', true])
}

describe('a path that no route takes is a problem and no failure', () => {
  test.each([
    ['GET', `/v1/categories/${LONG_ID}`],
    ['HEAD', `/v1/categories/${LONG_ID}`],
    ['PATCH', `/v1/expenses/${LONG_ID}`],
    ['DELETE', `/v1/invoices/${LONG_ID}`],
    ['GET', `/v1/invoices/${LONG_ID}/history`],
    ['POST', `/v1/invoices/${LONG_ID}/payments`],
    ['POST', `/v1/invoices/${LONG_ID}/payments/${LONG_ID}/reversal`],
    ['GET', `/v1/categories/${'%41'.repeat(101)}`],
    ['GET', `/v1/categories/${'x'.repeat(12_000)}`],
  ])('%s %.60s: 414', async (method, path) => {
    const answer = await send(`${method} ${path} HTTP/1.1\r\n${HOST}\r\n`)
    expect([answer.status, answer.type]).toEqual([414, 'application/problem+json'])
    if (method !== 'HEAD') expectProblem(answer, 'url_too_long')
  })

  test.each([
    ...['/%zz', '/v1/%zz', '/v1/categories/%zz', '/v1/categories/%E0%A4%A', '/docs/%', '/docs/static/%zz'],
    ...[
      '/v1/categories/%00',
      '/v1/expenses/bulk',
      '/v1/expenses/import',
      '/nothing',
      '//',
      '*',
      `/${LONG_ID}`,
    ],
    ...['/docs/static/..%2f..%2fpackage.json', '/v1/categories/..%2f..', `/nothing/${'x'.repeat(12_000)}`],
  ])('GET %.60s: 404', async (path) => {
    expectProblem(await send(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`), 'not_found')
  })

  test.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'LOCK'])(
    '%s: 404',
    async (method) => {
      for (const path of ['/v1/categories', '/livez', '/nothing'])
        expectProblem(await send(`${method} ${path} HTTP/1.1\r\n${HOST}\r\n`), 'not_found')
    },
  )
})

describe('a body that cannot be read is a problem, inside the books and outside of them', () => {
  const inside = ['/v1/categories', '/v1/categories/bulk', '/v1/expenses/bulk', '/v1/invoices']
  const outside = ['/nothing', '/livez', '/docs/json']

  test.each([...inside, ...outside, '/v1/nothing'])('POST %s: 400', async (path) => {
    const answer = await send(`POST ${path} HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 1\r\n\r\n{`)
    expectProblem(answer, 'malformed_json')
  })

  test.each(inside)('POST %s without a body: 400', async (path) => {
    const answer = await send(`POST ${path} HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 0\r\n\r\n`)
    expectProblem(answer, 'malformed_json')
  })

  test.each([...outside, '/v1/nothing'])('POST %s without a body: 404', async (path) => {
    const answer = await send(`POST ${path} HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 0\r\n\r\n`)
    expectProblem(answer, 'not_found')
  })

  test.each([...inside, ...outside, '/v1/expenses/import'])('POST %s of no type: 415', async (path) => {
    const head = `${HOST}Content-Type: ;;\r\nContent-Length: 1`
    expectProblem(await send(`POST ${path} HTTP/1.1\r\n${head}\r\n\r\nx`), 'unsupported_type')
  })

  test.each([...inside, ...outside])('POST %s of too much: 413', async (path) => {
    const head = `${HOST}${JSON_TYPE}Content-Length: 99999999`
    expectProblem(await send(`POST ${path} HTTP/1.1\r\n${head}\r\n\r\n{}`), 'too_large')
  })

  test('POST /v1/expenses/import of JSON: 415', async () => {
    const head = `${HOST}${JSON_TYPE}Content-Length: 2`
    expectProblem(await send(`POST /v1/expenses/import HTTP/1.1\r\n${head}\r\n\r\n{}`), 'unsupported_type')
  })
})

describe('F77 what Node cannot read is a problem', () => {
  const post = `POST /v1/categories HTTP/1.1\r\n${HOST}${JSON_TYPE}`

  test.each([
    ['an unknown method', `FOO /v1/categories HTTP/1.1\r\n${HOST}\r\n`],
    ['a method in small letters', `get /livez HTTP/1.1\r\n${HOST}\r\n`],
    ['an unknown version', `GET /livez HTTP/9.9\r\n${HOST}\r\n`],
    ['no HTTP', 'nonsense\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00'],
    ['a header without a colon', `GET /livez HTTP/1.1\r\n${HOST}bad header\r\n\r\n`],
    ['a Content-Length in words', `${post}Content-Length: many\r\n\r\n{}`],
    ['a Content-Length below zero', `${post}Content-Length: -1\r\n\r\n{}`],
    ['two Content-Lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['two ways to end a body', `${post}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`],
    ['a chunk without a length', `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}`],
    ['a missing Host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a method that wants a type', `QUERY /v1/categories HTTP/1.1\r\n${HOST}\r\n`],
  ])('%s: 400', async (_name, text) => {
    const answer = await send(text)
    expect(answer.status).toBe(400)
    expectProblem(answer, 'invalid_header')
  })

  test.each([
    ['a URL', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 'url_too_long'],
    ['a URL that does not end', `GET /${'x'.repeat(20_000)}`, 'url_too_long'],
    ['one header', `GET /livez HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n\r\n`, 'headers_too_large'],
    ['many headers', `GET / HTTP/1.1\r\n${HOST}${'A: b\r\n'.repeat(10_000)}\r\n`, 'headers_too_large'],
    [
      'an extension of a chunk',
      `${post}Transfer-Encoding: chunked\r\n\r\n2;${'x'.repeat(17_000)}\r\n{}`,
      'too_large',
    ],
  ])('%s that is too long: 414, 431, 413', async (_name, text, code) => {
    expectProblem(await send(text), code)
  })

  test('a request that does not arrive in time: 408', async () => {
    const late = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    const answer = await send(`${post}Content-Length: 100\r\n\r\n{`, late)
    expect(answer.status).toBe(408)
    expectProblem(answer, 'request_timeout')
  })

  test('an expectation that nobody knows is passed over', async () => {
    expect((await send(`GET /livez HTTP/1.1\r\n${HOST}Expect: 200-ok\r\n\r\n`)).status).toBe(200)
  })
})

describe('F91 the log', () => {
  test('takes little of a long path, and calls no fault of a request an error', async () => {
    logged = ''
    for (const path of [`/v1/categories/${'x'.repeat(12_000)}`, `/nothing/${'x'.repeat(12_000)}`, '/%zz'])
      await send(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`)
    await send(`POST /nothing HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 1\r\n\r\n{`)
    await send(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`)
    const lines = logged.trimEnd().split('\n')
    expect(lines.filter((line) => JSON.parse(line).level >= 40)).toEqual([])
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(600)
    expect(logged).toContain(`"path":"/v1/categories/${'x'.repeat(185)}…"`)
  })

  test('F90 holds no byte of what Node could not read', async () => {
    logged = ''
    await send(`GET /livez HTTP/1.1\r\n${HOST}Authorization: Bearer canary\r\nbad header\r\n\r\n`)
    expect(logged).toContain('"code":"HPE_INVALID_HEADER_TOKEN"')
    expect(logged).not.toContain('canary')
    expect(logged).not.toContain('rawPacket')
  })
})
