import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { addCategory, categoriesOf, headersOf, statusOf } from './support/api.ts'
import { run, type Served, serve } from './support/daftari.ts'

let running: Promise<Served> | undefined

/** One service for the tests that only look. */
function shared(): Promise<Served> {
  running ??= serve()
  return running
}

describe('daftari serve', () => {
  test('says where it is in one line of JSON, lets the key in, and ends with 0', async () => {
    const service = await serve()
    const { url, docs, apiKey } = service
    expect(await addCategory(service, 'Usafiri')).toBe(201)
    expect(await categoriesOf(service)).toEqual(['Usafiri'])
    expect(await statusOf(`${url}/v1/settings`, headersOf(service))).toBe(200)
    expect(await statusOf(docs)).toBe(200)
    const { code, signal, stdout, stderr } = await service.stop()
    expect([code, signal]).toEqual([0, null])
    expect(stdout).toBe(`${JSON.stringify({ url, docs, apiKey })}\n`)
    expect(stderr).toContain(`The books are stored in ${service.dataDir}`)
    expect(stderr).toMatch(/Applied the migration 0001-books\.\n.*Applied the migration 0002-walls\./)
  })

  test('lets nobody else in', async () => {
    const { url, apiKey } = await shared()
    const wrong = [
      '',
      'Bearer',
      `Bearer ${apiKey}x`,
      `Basic ${apiKey}`,
      apiKey,
      'Bearer dft_',
      `Bearer ${apiKey} x`,
    ]
    for (const authorization of wrong) {
      const answer = await fetch(`${url}/v1/categories`, {
        headers: authorization === '' ? {} : { authorization },
      })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(await answer.json()).toMatchObject({ code: 'unauthenticated' })
    }
    expect(await statusOf(`${url}/livez`)).toBe(200)
    expect(await statusOf(`${url}/readyz`)).toBe(200)
  })

  test('tells problems also where the books are not', async () => {
    const { url } = await shared()
    for (const path of ['/', '/v2', '/%zz', '/v1/openapi.jsons']) {
      const answer = await fetch(`${url}${path}`)
      expect([400, 401, 404]).toContain(answer.status)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  test('shows the same document to people and to programs', async () => {
    const { url } = await shared()
    const document = await (await fetch(`${url}/v1/openapi.json`)).json()
    expect(await (await fetch(`${url}/docs/json`)).json()).toEqual(document)
    for (const args of [['openapi'], ['openapi', '--json']]) {
      const { code, stdout, stderr } = await run(args).ended
      expect([code, stderr]).toEqual([0, ''])
      expect(JSON.parse(stdout)).toEqual(document)
    }
  })

  test('F90 F91 logs neither what people typed nor line breaks of theirs', async () => {
    const service = await serve({ LOG_LEVEL: 'trace' })
    const { url, apiKey } = service
    await statusOf(`${url}/v1/categories?q=canary-query%0Aforged`, headersOf(service))
    await addCategory(service, 'canary-body')
    const { stderr } = await service.stop()
    expect(stderr).not.toMatch(/canary|forged/)
    expect(stderr).not.toContain(apiKey)
    expect(stderr).toContain('"path":"/v1/categories"')
  })

  test('F11 lets a request that has begun end, and takes no new one', async () => {
    const { url, apiKey, child, ended } = await serve()
    const { port, hostname } = new URL(url)
    const body = '{"name":"Usafiri"}'
    const socket = connect(Number(port), hostname)
    const pieces: Buffer[] = []
    socket.on('data', (piece) => pieces.push(piece))
    const head = [
      'POST /v1/categories HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${apiKey}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      '',
      body.slice(0, 5),
    ]
    socket.write(head.join('\r\n'))
    await once(child.stderr ?? child, 'data')
    child.kill('SIGTERM')
    await once(child.stderr ?? child, 'data')
    socket.write(body.slice(5))
    await once(socket, 'close')
    expect(Buffer.concat(pieces).toString()).toMatch(/^HTTP\/1\.1 201 /)
    expect((await ended).code).toBe(0)
    await expect(fetch(`${url}/livez`)).rejects.toThrow()
  })

  test('F77 outlives requests that are no HTTP, or too much of it', async () => {
    const service = await shared()
    const { url } = service
    expect(await statusOf(`${url}/v1/categories?q=${'x'.repeat(64 * 1024)}`, headersOf(service))).toBe(414)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.end('nonsense\r\n\r\n')
    await once(socket.resume(), 'close')
    expect(await statusOf(`${url}/livez`)).toBe(200)
  })

  test('a port that is taken is said in one sentence, and the database is stopped again: 1', async () => {
    const { port } = new URL((await shared()).url)
    const { code, stdout, stderr } = await serve({ PORT: port }).then(
      (service) => service.stop(),
      (error: Error) => ({ code: 1, stdout: '', stderr: error.message }),
    )
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/listen EADDRINUSE: address already in use 127\.0\.0\.1:\d+\n$/)
  })
})
