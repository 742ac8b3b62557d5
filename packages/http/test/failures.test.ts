import type { DomainErrorCode } from '@daftari/application'
import Fastify, { errorCodes } from 'fastify'
import { describe, expect, test } from 'vitest'
import plugin from '../src/index.ts'
import { AMINA, openService, told } from './support/test-service.ts'

const BODY = { body: { name: 'Usafiri' } }

describe('a failure', () => {
  test.each(['unavailable', 'overloaded', 'outcome_unknown'] satisfies DomainErrorCode[])(
    'of the kind %s is 503 and says when to come back',
    async (code) => {
      const desk = await openService()
      desk.memory.failNext(code)
      const answer = await desk.send('POST', '/v1/categories', BODY)
      expect(told(answer)).toMatchObject({ status: 503, code })
      expect(answer.headers['retry-after']).toBe('1')
    },
  )

  test('that nobody expected is 500, tells nothing of itself and is logged under the request', async () => {
    const lines: string[] = []
    const app = Fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } })
    const books = (await openService()).books
    const boom = (): never => {
      throw Object.assign(new Error('password=hunter2'), { statusCode: 502, cause: new Error('SELECT 1') })
    }
    await app.register(plugin, { books, authenticate: boom })
    const answer = await app.inject({ url: '/v1/categories', headers: { 'x-request-id': 'forged' } })
    await app.close()
    expect(told(answer)).toEqual({
      type: 'urn:daftari:problem:internal_error',
      title: 'Unexpected error',
      status: 500,
      code: 'internal_error',
      detail: 'An unexpected error occurred. The log has it under the request id.',
      errors: [],
    })
    expect(answer.body).not.toMatch(/hunter2|SELECT|forged/)
    const logged = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 50)
    expect(logged.reqId).toBe(answer.json().requestId)
    expect(logged.err.message).toContain('password=hunter2')
  })

  test.each([
    [401, 'unauthenticated'],
    [403, 'scope_missing'],
    [405, 'not_found'],
    [408, 'request_timeout'],
    [413, 'too_large'],
    [414, 'url_too_long'],
    [429, 'rate_limited'],
    [431, 'headers_too_large'],
    [503, 'overloaded'],
    [400, 'invalid_header'],
    [418, 'invalid_header'],
    [499, 'invalid_header'],
    [399, 'internal_error'],
    [500, 'internal_error'],
    [599, 'internal_error'],
  ])("that a hook of the host ends with %i is told in the books' way", async (statusCode, code) => {
    const app = Fastify()
    app.addHook('onRequest', async () => {
      throw Object.assign(new Error('the host says no'), { statusCode })
    })
    await app.register(plugin, { books: (await openService()).books, authenticate: () => null })
    const answer = await app.inject('/v1/categories')
    await app.close()
    expect(answer.json().code).toBe(code)
    expect(answer.body).not.toContain('the host says no')
  })

  test('that Fastify marks as the fault of the request is never a 500, and its message is not logged', async () => {
    const refusals = Object.values(errorCodes)
      .map((FastifyError) => new FastifyError('canary-path'))
      .filter(({ statusCode = 500 }) => statusCode >= 400 && statusCode < 500)
    expect(refusals.length).toBeGreaterThan(10)
    const lines: string[] = []
    const app = Fastify({ logger: { stream: { write: (line: string) => void lines.push(line) } } })
    let next: Error | undefined
    app.addHook('onRequest', async () => {
      throw next
    })
    await app.register(plugin, { books: (await openService()).books, authenticate: () => null })
    for (next of refusals) {
      const answer = await app.inject('/v1/categories')
      expect([next.name, next.message, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([
        next.name,
        next.message,
        true,
      ])
      expect(told(answer).code).not.toBe('internal_error')
    }
    await app.close()
    expect(lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40)).toEqual([])
    expect(lines.join('')).not.toContain('canary-path')
    expect(lines.join('')).toContain('FST_ERR_MAX_PARAM_LENGTH')
  })

  test('of an owner that is no UUID is a defect of the host', async () => {
    const desk = await openService()
    expect((await desk.send('GET', '/v1/categories', { owner: 'amina' })).statusCode).toBe(500)
  })

  test('in the middle of a file cuts it, so that nobody takes it for whole', async () => {
    async function* pieces(): AsyncGenerator<string> {
      yield 'date\r\n'
      throw new Error('the database went away')
    }
    const { app } = await openService((books) => ({
      ...books,
      expenses: { ...books.expenses, export: async () => pieces() },
    }))
    const url = await app.listen({ port: 0 })
    const response = await fetch(`${url}/v1/expenses/export`, {
      headers: { authorization: `Bearer ${AMINA} read` },
    })
    await expect(response.text()).rejects.toThrow()
  })
})
