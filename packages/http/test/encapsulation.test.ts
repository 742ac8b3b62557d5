import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import namedToo, { booksPlugin } from '../src/index.ts'
import { AMINA, authenticate, openService, requestOf } from './support/test-service.ts'

const hosts: FastifyInstance[] = []

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()))
})

/** A host with habits of its own. */
async function host(...prefixes: readonly string[]): Promise<FastifyInstance> {
  const app = Fastify({ routerOptions: { querystringParser: () => ({ parsed: 'by the host' }) } })
  hosts.push(app)
  app.setErrorHandler((error, _request, reply) => reply.code(499).send({ host: String(error) }))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ host: 'nothing' }))
  app.setReplySerializer((payload) => `host:${JSON.stringify(payload)}`)
  app.setValidatorCompiler(() => () => ({ error: new Error('the host validates') }))
  for (const prefix of prefixes) {
    await app.register(booksPlugin, { prefix, books: (await openService()).books, authenticate })
  }
  app.post('/echo', async (request) => request.body)
  app.get('/fail', async () => {
    throw new Error('oh')
  })
  app.get('/checked', { schema: { querystring: { type: 'object' } } }, async () => 'not reached')
  return app
}

test('the default export is the plugin', () => {
  expect(namedToo).toBe(booksPlugin)
})

test('the host answers its own routes as it did without the books', async () => {
  const [alone, together] = [await host(), await host('/money')]
  const typed = (type: string, payload: string) => ({
    method: 'POST' as const,
    url: '/echo',
    payload,
    headers: { 'content-type': type },
  })
  const requests = [
    '/fail',
    '/checked',
    '/nothing',
    '/money/nothing',
    '/livez',
    typed('text/plain', 'plain'),
    typed('application/json', '{"a":1}'),
    typed('application/json', '{'),
    typed('text/csv', 'a,b'),
  ]
  const statuses = new Set<number>()
  for (const request of requests) {
    const [one, other] = [await alone.inject(request), await together.inject(request)]
    const seen = ({ statusCode, body, headers }: typeof one) => ({ statusCode, body, ...headers, date: '' })
    expect(seen(other)).toEqual(seen(one))
    statuses.add(one.statusCode)
  }
  expect([...statuses].sort()).toEqual([200, 404, 499])
  expect(Object.keys(together).sort()).toEqual(Object.keys(alone).sort())
})

test('the books keep theirs, under the prefix of the host', async () => {
  const app = await host('/money')
  const created = await app.inject(requestOf('POST', '/money/v1/categories', { body: { name: 'Usafiri' } }))
  expect(created.statusCode).toBe(201)
  expect(created.headers.location).toBe(`/money/v1/categories/${created.json().id}`)
  expect((await app.inject(requestOf('GET', String(created.headers.location)))).body).toBe(created.body)
  expect((await app.inject(requestOf('GET', '/money/v1/categories?limit=1'))).json().data).toHaveLength(1)
  const missing = await app.inject(requestOf('GET', '/money/v1/nothing'))
  expect(missing.json()).toMatchObject({ code: 'not_found', instance: '/money/v1/nothing' })
  const malformed = await app.inject(requestOf('POST', '/money/v1/categories', { body: '{' }))
  expect(malformed.json()).toMatchObject({ code: 'malformed_json' })
  expect((await app.inject('/money/livez')).statusCode).toBe(404)
  const document = (await app.inject('/money/v1/openapi.json')).json()
  expect(Object.keys(document.paths)).toContain('/money/v1/categories')
  expect(Object.keys(document.paths)).not.toContain('/echo')
})

test('two sets of books stand beside each other', async () => {
  const app = await host('/one', '/two')
  await app.inject(requestOf('POST', '/one/v1/categories', { body: { name: 'Usafiri' } }))
  expect((await app.inject(requestOf('GET', '/one/v1/categories'))).json().data).toHaveLength(1)
  expect((await app.inject(requestOf('GET', '/two/v1/categories'))).json().data).toHaveLength(0)
  const documents = ['/one', '/two'].map(async (prefix) =>
    (await app.inject(`${prefix}/v1/openapi.json`)).json(),
  )
  for (const [index, document] of (await Promise.all(documents)).entries()) {
    const prefix = ['/one', '/two'][index] ?? ''
    expect(Object.keys(document.paths).every((path) => path.startsWith(prefix))).toBe(true)
  }
})

test('a host that describes its own routes describes the books too, and they describe only themselves', async () => {
  const app = Fastify()
  hosts.push(app)
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Host', version: '1' } } })
  app.get('/own', async () => 'own')
  await app.register(booksPlugin, { prefix: '/money', books: (await openService()).books, authenticate })
  await app.ready()
  expect(Object.keys(app.swagger().paths ?? {})).toContain('/money/v1/expenses')
  const document = (await app.inject('/money/v1/openapi.json')).json()
  expect(document.info.title).toBe('Daftari')
  expect(Object.keys(document.paths)).not.toContain('/own')
})

test('the document is open on this machine and wants admin from elsewhere', async () => {
  const app = await host('')
  const from = async (remoteAddress: string, headers = {}, scopes = ''): Promise<number> => {
    const authorization = scopes === '' ? {} : { authorization: `Bearer ${AMINA} ${scopes}` }
    const answer = await app.inject({
      url: '/v1/openapi.json',
      remoteAddress,
      headers: { ...authorization, ...headers },
    })
    return answer.statusCode
  }
  expect(await from('127.0.0.1')).toBe(200)
  expect(await from('::1')).toBe(200)
  expect(await from('10.0.0.7')).toBe(401)
  expect(await from('10.0.0.7', {}, 'read write')).toBe(403)
  expect(await from('10.0.0.7', {}, 'admin')).toBe(200)
  expect(await from('127.0.0.1', { 'x-forwarded-for': '10.0.0.7' })).toBe(401)
})

test('readiness and liveness are open where the host asks for them', async () => {
  const app = Fastify()
  hosts.push(app)
  let isReady = true
  const { books } = await openService()
  await app.register(booksPlugin, { books, authenticate, health: { isReady: async () => isReady } })
  expect((await app.inject('/livez')).json()).toEqual({ status: 'live' })
  expect((await app.inject('/readyz')).statusCode).toBe(200)
  isReady = false
  expect((await app.inject('/readyz')).statusCode).toBe(503)
  expect((await app.inject('/livez')).statusCode).toBe(200)
})
