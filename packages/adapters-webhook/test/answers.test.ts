import { expect, test } from 'vitest'
import { webhookSender } from '../src/index.ts'
import { httpServer, rawServer } from './support/local-server.ts'
import { aRequest, openSender, outcomeOf } from './support/open-sender.ts'

const now = Date.parse('2026-11-27T12:00:00Z')

test.each([
  ['120', 120_000],
  ['0', 0],
  ['86401', 86_400_000],
  ['999999999999999', 86_400_000],
  ['Fri, 27 Nov 2026 12:01:00 GMT', 60_000],
  ['Friday, 27-Nov-26 12:01:00 GMT', 60_000],
  ['Fri, 27 Nov 2026 11:00:00 GMT', 0],
  ['Tue, 01 Dec 2026 12:00:00 GMT', 86_400_000],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['Fri, whenever', null],
  ['2026-11-27', null],
  ['9'.repeat(400), null],
])('an overloaded receiver, F31, asks for "%s": %s ms', async (value, ms) => {
  const { url } = await httpServer((_request, response) => {
    response.writeHead(503, { 'retry-after': value }).end()
  })
  const answer = await openSender({ clock: { now: () => now } }).send(aRequest(url))
  expect(answer).toMatchObject({ status: 503, isDelivered: false, retryAfterMs: ms, isGone: false })
})

test.each([301, 302, 303, 307, 308])(
  'a redirect, F33, with %s is an answer that nobody follows',
  async (status) => {
    const target = await httpServer((_request, response) => response.end())
    const { url } = await httpServer((_request, response) => {
      response.writeHead(status, { location: target.url }).end()
    })
    const sender = openSender()
    expect(await sender.send(aRequest(url))).toMatchObject({ status, isDelivered: false })
    expect(target.taken()).toBe(0)
  },
)

test('410, F36, says that the endpoint is gone', async () => {
  const { url } = await httpServer((_request, response) => response.writeHead(410).end())
  expect(await openSender().send(aRequest(url))).toMatchObject({
    status: 410,
    isGone: true,
    isDelivered: false,
  })
})

test('of headers and body 2 KiB are kept, as text that can be stored and shown', async () => {
  const { url } = await httpServer((_request, response) => {
    response.writeHead(500, { 'X-Long': 'é'.repeat(3_000), 'Set-Cookie': 'session=1', 'x-after': '1' })
    response.end(`NUL \0, red \x1b[31m, turned \u202e, broken ${'–'.repeat(3_000)}`)
  })
  const { response } = await openSender().send(aRequest(url))
  const headerText = response.headers.flat().join('')
  expect(response.headers[0]?.[0]).toBe('x-long')
  expect(headerText).not.toContain('session')
  expect(Buffer.byteLength(headerText) + Buffer.byteLength(response.body)).toBeLessThanOrEqual(2_048)
  expect(response.body).toMatch(/^NUL \uFFFD, red \uFFFD\[31m, turned \uFFFD, broken –{100}/)
})

test('a header that is named to change the prototype is a header like any other', async () => {
  const { url } = await rawServer((socket) => {
    socket.end('HTTP/1.1 200 OK\r\n__proto__: polluted\r\ncontent-length: 2\r\n\r\nok')
  })
  const { response } = await openSender().send(aRequest(url))
  expect(response).toEqual({
    headers: [
      ['__proto__', 'polluted'],
      ['content-length', '2'],
    ],
    body: 'ok',
  })
})

test('a connection is used again, and a lost one is replaced without a failure', async () => {
  const server = await httpServer((_request, response) => response.end('ok'))
  const sender = openSender()
  for (let count = 0; count < 3; count += 1) await sender.send(aRequest(server.url))
  expect(server.taken()).toBe(1)

  server.endConnections()
  expect(await sender.send(aRequest(server.url))).toMatchObject({ status: 200 })
  expect(server.taken()).toBe(2)
})

test('a server that closes an idle connection under the next request hears it on a new one', async () => {
  let requests = 0
  const server = await rawServer((socket) => {
    socket.on('data', () => socket.destroy())
    requests += 1
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
  })
  const sender = openSender()
  expect(await sender.send(aRequest(server.url))).toMatchObject({ status: 200 })
  expect(await sender.send(aRequest(server.url))).toMatchObject({ status: 200 })
  expect([requests, server.taken()]).toEqual([2, 2])
})

test('one endpoint has a bounded number of connections, and so have all together', async () => {
  const pending: (() => void)[] = []
  let onRequest: () => void = () => undefined
  const server = await httpServer((_request, response) => {
    pending.push(() => response.end())
    onRequest()
  })
  const arrived = (count: number) =>
    new Promise<void>((resolve) => {
      onRequest = () => pending.length >= count && resolve()
      onRequest()
    })
  const sender = openSender({ maxSockets: 3, maxSocketsPerEndpoint: 2 })
  const other = server.url.replace('127.0.0.1', 'localhost')

  const sent = [server.url, server.url, server.url, other, other].map((url) => sender.send(aRequest(url)))
  await arrived(3)
  expect(server.open()).toBe(3)
  for (let answered = 0; answered < 5; answered += 1) {
    await arrived(1)
    pending.shift()?.()
  }
  expect((await Promise.all(sent)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(server.open()).toBeLessThanOrEqual(3)
})

test('who waits for a connection until the deadline is told that nothing was sent', async () => {
  const server = await httpServer(() => undefined)
  const sender = openSender({ maxSockets: 1 })
  const first = outcomeOf(sender.send(aRequest(server.url)))
  expect(await outcomeOf(sender.send(aRequest(server.url, { timeoutMs: 600 })))).toBe('busy')
  await sender.close()
  expect(await first).toBe('closed')
  expect(server.taken()).toBeLessThanOrEqual(1)
})

test('a closed sender sends nothing more', async () => {
  const server = await httpServer((_request, response) => response.end())
  const sender = webhookSender({ allowPrivate: true })
  await sender.send(aRequest(server.url))
  await sender.close()
  await server.untilNoneIsOpen()
  expect(await outcomeOf(sender.send(aRequest(server.url)))).toBe('closed')
})
