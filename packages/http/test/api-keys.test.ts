import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import plugin from '../src/index.ts'
import { type Answer, openService, type TestService, told } from './support/test-service.ts'

const till = { name: 'Till', scopes: ['read', 'write'] }
const KEY = { 'idempotency-key': 'till-1' }
const NOBODY = '019a9a60-0000-7000-8000-0000000000ff'

/** Sends a request as a real key does, to the plugin as `daftari serve` puts it up. */
async function knock(desk: TestService, key: string, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
  const app = Fastify()
  const authenticate = ({ headers }: { headers: { authorization?: string | undefined } }) =>
    desk.books.access.authenticate(headers.authorization?.replace(/^Bearer /, '') ?? '')
  await app.register(plugin, { books: desk.books, authenticate })
  const headers = { authorization: `Bearer ${key}` }
  const payload = method === 'GET' ? {} : { payload: { name: 'Usafiri' } }
  const answer = await app.inject({ method, url: '/v1/categories', headers, ...payload })
  await app.close()
  return answer
}

describe('API keys over HTTP', () => {
  test('are made with 201, and the key is shown this once', async () => {
    const desk = await openService()
    const answer = await desk.send('POST', '/v1/api-keys', { body: till })
    const { key, ...view } = answer.json()
    expect(answer.statusCode).toBe(201)
    expect(answer.headers).toMatchObject({
      location: `/v1/api-keys/${view.id}`,
      etag: '"v1"',
      'cache-control': 'no-store',
    })
    expect(key).toMatch(/^dft_/)
    expect(view).toMatchObject({ version: 1, ...till, expiresAt: null, revokedAt: null, lastUsedAt: null })
    const list = await desk.send('GET', '/v1/api-keys')
    expect(list.json()).toEqual({ data: [view], nextCursor: null })
    expect(list.body).not.toContain(key)
  })

  test('want admin, for looking too', async () => {
    const desk = await openService()
    const { id } = (await desk.send('POST', '/v1/api-keys', { body: till })).json()
    const scopes = ['read', 'write'] as const
    const refused = [
      await desk.send('GET', '/v1/api-keys', { scopes }),
      await desk.send('POST', '/v1/api-keys', { scopes, body: till }),
      await desk.send('DELETE', `/v1/api-keys/${id}`, { scopes }),
    ]
    for (const answer of refused) expect(told(answer)).toMatchObject({ status: 403, code: 'scope_missing' })
    expect((await desk.send('GET', '/v1/api-keys', { scopes: ['admin'] })).json().data).toHaveLength(1)
  })

  test('F12 repeated under an idempotency key give the same key again', async () => {
    const desk = await openService()
    const first = await desk.send('POST', '/v1/api-keys', { body: till, headers: KEY })
    const again = await desk.send('POST', '/v1/api-keys', { body: till, headers: KEY })
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true', etag: '"v1"' })
    expect((await desk.send('GET', '/v1/api-keys')).json().data).toHaveLength(1)
    const other = { body: { ...till, version: 1 }, headers: KEY }
    expect(told(await desk.send('POST', '/v1/api-keys', other))).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
    })
  })

  test('tell every fault of an input', async () => {
    const desk = await openService()
    const body = { name: '', scopes: ['root'], expiresAt: 'soon', secret: 'x' }
    const answer = await desk.send('POST', '/v1/api-keys', { body })
    const faults = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    expect([answer.statusCode, faults.sort()]).toEqual([422, ['/expiresAt', '/name', '/scopes/0', '/secret']])
  })

  test('open the books within their scopes until they are revoked', async () => {
    const desk = await openService()
    const body = { ...till, scopes: ['read'] }
    const { id, key } = (await desk.send('POST', '/v1/api-keys', { body })).json()
    expect((await knock(desk, key)).statusCode).toBe(200)
    expect(told(await knock(desk, key, 'POST'))).toMatchObject({ status: 403, code: 'scope_missing' })
    const revoked = await desk.send('DELETE', `/v1/api-keys/${id}`)
    expect([revoked.statusCode, revoked.body]).toEqual([204, ''])
    expect(told(await knock(desk, key))).toMatchObject({ status: 401, code: 'unauthenticated' })
    expect((await desk.send('GET', '/v1/api-keys')).json().data).toEqual([])
  })

  test('open nothing once they have expired', async () => {
    const desk = await openService()
    const body = { ...till, expiresAt: '2026-11-21T10:00:00Z' }
    const { key } = (await desk.send('POST', '/v1/api-keys', { body })).json()
    expect((await knock(desk, key)).statusCode).toBe(200)
    desk.clock.set('2026-11-21T10:00:00.000Z')
    expect((await knock(desk, key)).statusCode).toBe(401)
  })

  test('are revoked without If-Match, once, and told like absent ones to others', async () => {
    const desk = await openService()
    const { id } = (await desk.send('POST', '/v1/api-keys', { body: till })).json()
    const foreign = await desk.send('DELETE', `/v1/api-keys/${id}`, { owner: NOBODY })
    expect(told(foreign)).toMatchObject({ status: 404, code: 'not_found' })
    expect(told(await desk.send('DELETE', `/v1/api-keys/${NOBODY}`))).toEqual(told(foreign))
    expect((await desk.send('DELETE', `/v1/api-keys/${id}`)).statusCode).toBe(204)
    expect(told(await desk.send('DELETE', `/v1/api-keys/${id}`))).toEqual(told(foreign))
  })
})
