import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { certificate } from './support/certificate.ts'
import { httpServer, httpsServer, type LocalServer, rawServer } from './support/local-server.ts'
import { aRequest, openSender, outcomeOf } from './support/open-sender.ts'

const shortly = { timeoutMs: 800 }
const nothing = () => undefined

describe('a receiver that does not behave, F32', () => {
  test.each<[string, () => Promise<LocalServer>, unknown]>([
    ['takes the connection and says nothing', () => rawServer(nothing), 'timeout'],
    [
      'answers a byte at a time',
      () =>
        rawServer((socket) => {
          const bytes = [...'HTTP/1.1 200 OK\r\n', ...'x-slow: '.padEnd(9_000, 'o')]
          const timer = setInterval(() => socket.write(bytes.shift() ?? 'o'), 20)
          socket.on('close', () => clearInterval(timer))
        }),
      'timeout',
    ],
    ['closes without an answer', () => rawServer((socket) => socket.end()), 'network'],
    ['resets the connection', () => rawServer((socket) => socket.resetAndDestroy()), 'network'],
    [
      'does not speak HTTP',
      () => rawServer((socket) => socket.end('220 mail.example.org ESMTP\r\n')),
      'protocol',
    ],
    [
      'sends a megabyte of headers',
      () => rawServer((socket) => socket.end(`HTTP/1.1 200 OK\r\nx-long: ${'o'.repeat(2 ** 20)}\r\n\r\n`)),
      'protocol',
    ],
    [
      'sends a body that never ends',
      () =>
        rawServer((socket) =>
          socket.write('HTTP/1.1 202 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n'),
        ),
      { status: 202, isDelivered: true, response: { body: 'ok' } },
    ],
    [
      'breaks off in the body',
      () => rawServer((socket) => socket.end('HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\nbroken')),
      { status: 500, response: { body: 'broken' } },
    ],
  ])('%s', async (_name, open, expected) => {
    const server = await open()
    const descriptors = openDescriptors()
    const outcome = await outcomeOf(openSender().send(aRequest(server.url, shortly)))
    if (typeof expected === 'string') expect(outcome).toBe(expected)
    else expect(outcome).toMatchObject(expected as object)
    await server.untilNoneIsOpen()
    expect(openDescriptors()).toBeLessThanOrEqual(descriptors)
  })

  test('sends a body of ten gigabytes, of which little is taken', async () => {
    let written = 0
    const piece = 'o'.repeat(65_536)
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n')
      const fill = (): void => {
        while (!socket.destroyed && socket.write(piece)) written += piece.length
        written += piece.length
      }
      socket.on('drain', fill)
      fill()
    })
    const { status, response } = await openSender().send(aRequest(server.url))
    expect([status, response.body.length < 2_048]).toEqual([200, true])
    await server.untilNoneIsOpen()
    expect(written).toBeLessThan(32 * 2 ** 20)
  })

  test('does not read what it is sent', async () => {
    const server = await rawServer((socket) => socket.pause())
    const body = Buffer.alloc(64 * 2 ** 20)
    expect(await outcomeOf(openSender().send(aRequest(server.url, { ...shortly, body })))).toBe('timeout')
    server.endConnections()
  })

  test('is sent to fifty times at once, and nothing stays open', async () => {
    const server = await rawServer(nothing)
    const sender = openSender({ maxSocketsPerEndpoint: 50 })
    const descriptors = openDescriptors()
    const sent = Array.from({ length: 50 }, () => outcomeOf(sender.send(aRequest(server.url, shortly))))
    expect(new Set(await Promise.all(sent))).toEqual(new Set(['timeout']))
    await server.untilNoneIsOpen()
    expect(openDescriptors()).toBeLessThanOrEqual(descriptors)
  })
})

describe('a receiver that cannot be reached, F31', () => {
  test('refuses the connection', async () => {
    expect(await outcomeOf(openSender().send(aRequest(`http://127.0.0.1:${await freePort()}/`)))).toBe(
      'network',
    )
  })

  test('has a name that nobody knows, or a name without addresses', async () => {
    const unknown = openSender({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
    const empty = openSender({ resolve: async () => [] })
    expect(await outcomeOf(unknown.send(aRequest('https://hooks.example.org/')))).toBe('dns')
    expect(await outcomeOf(empty.send(aRequest('https://hooks.example.org/')))).toBe('dns')
  })

  test('has a name server that does not answer', async () => {
    const sender = openSender({ resolve: () => new Promise(nothing), connectTimeoutMs: 50 })
    expect(await outcomeOf(sender.send(aRequest('https://hooks.example.org/')))).toBe('timeout')
  })

  test('has one address where nobody listens, and one that answers', async () => {
    const server = await httpServer((_request, response) => response.end('ok'))
    const sender = openSender({ resolve: async () => [{ address: '127.0.0.9' }, { address: '127.0.0.1' }] })
    const url = `http://hooks.example.org:${server.port}/`
    expect(await sender.send(aRequest(url))).toMatchObject({ status: 200 })
  })

  test('is given up by the caller', async () => {
    const controller = new AbortController()
    const server = await rawServer(() => controller.abort())
    const sent = openSender().send(aRequest(server.url, { signal: controller.signal }))
    expect(await outcomeOf(sent)).toBe('aborted')
    await server.untilNoneIsOpen()
    expect(await outcomeOf(openSender().send(aRequest(server.url, { signal: controller.signal })))).toBe(
      'aborted',
    )
    expect(server.taken()).toBe(1)
  })
})

describe('a receiver behind TLS', () => {
  const resolve = async () => [{ address: '127.0.0.1' }]

  test('is asked for by its name, in the handshake and in the request', async () => {
    let asked: unknown
    const server = await httpsServer((request, response) => {
      asked = [request.headers.host, 'servername' in request.socket && request.socket.servername]
      response.end()
    })
    const url = `https://hooks.example.org:${server.port}/`
    expect(await openSender({ resolve, ca: certificate }).send(aRequest(url))).toMatchObject({ status: 200 })
    expect(asked).toEqual([`hooks.example.org:${server.port}`, 'hooks.example.org'])
  })

  test.each([
    ['has a certificate that nobody signed', 'hooks.example.org', undefined],
    ['has a certificate for another name', 'other.example.org', certificate],
  ])('F31: %s', async (_name, host, ca) => {
    let requests = 0
    const server = await httpsServer(() => {
      requests += 1
    })
    const sender = openSender({ resolve, ...(ca === undefined ? {} : { ca }) })
    expect(await outcomeOf(sender.send(aRequest(`https://${host}:${server.port}/`)))).toBe('tls')
    await server.untilNoneIsOpen()
    expect(requests).toBe(0)
  })

  test('F31: speaks HTTP without it', async () => {
    const server = await httpServer((_request, response) => response.end())
    const sender = openSender({ resolve, ca: certificate })
    expect(await outcomeOf(sender.send(aRequest(`https://hooks.example.org:${server.port}/`)))).toBe('tls')
    await server.untilNoneIsOpen()
  })

  test('F32: never ends the handshake', async () => {
    const server = await rawServer(nothing)
    const sender = openSender({ resolve, ca: certificate })
    const sent = sender.send(aRequest(`https://hooks.example.org:${server.port}/`, shortly))
    expect(await outcomeOf(sent)).toBe('timeout')
    await server.untilNoneIsOpen()
  })
})

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
