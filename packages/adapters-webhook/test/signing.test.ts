import type { IncomingHttpHeaders } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { newSecret } from '../src/index.ts'
import { httpServer } from './support/local-server.ts'
import { aRequest, openSender, outcomeOf, secret } from './support/open-sender.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

async function receiver() {
  const received: Received[] = []
  const server = await httpServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    received.push({ headers: request.headers, body: Buffer.concat(pieces) })
    response.writeHead(204).end()
  })
  return { url: server.url, received }
}

function verify({ headers, body }: Received, by: string): void {
  new Webhook(by).verify(body, headers as Record<string, string>, { jsonParse: false })
}

test('what is sent is verified by the library of Standard Webhooks', async () => {
  const { url, received } = await receiver()
  const request = aRequest(url)
  expect(await openSender().send(request)).toMatchObject({ status: 204, isDelivered: true })

  const [first] = received as [Received]
  expect(first.body.toString()).toBe(request.body)
  expect(first.headers).toMatchObject({
    'content-type': 'application/cloudevents+json',
    'content-length': String(Buffer.byteLength(String(request.body))),
    'webhook-id': request.messageId,
    'user-agent': 'Daftari',
  })
  verify(first, secret)
})

test('a flipped bit in any byte of the body, the id, the time or the signature is refused', async () => {
  const { url, received } = await receiver()
  await openSender().send(aRequest(url, { body: '{"amount":"12500.00"}' }))
  const [first] = received as [Received]

  for (const index of first.body.keys()) {
    const body = Buffer.from(first.body)
    body.writeUInt8(body.readUInt8(index) ^ 1, index)
    expect(() => verify({ ...first, body }, secret), `byte ${index}`).toThrow()
  }
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    const value = Buffer.from(String(first.headers[name]))
    for (const index of value.keys()) {
      const flipped = Buffer.from(value)
      flipped.writeUInt8(flipped.readUInt8(index) ^ 1, index)
      const headers = { ...first.headers, [name]: flipped.toString('latin1') }
      expect(() => verify({ ...first, headers }, secret), `${name} ${index}`).toThrow()
    }
  }
})

test('the time of sending is signed, and the bytes as they are', async () => {
  const { url, received } = await receiver()
  const body = Buffer.from([0, 255, 128, 10])
  await openSender({ clock: { now: () => 1_764_000_000_999 } }).send(aRequest(url, { body }))
  expect(received[0]?.headers['webhook-timestamp']).toBe('1764000000')
  expect(received[0]?.body).toEqual(body)
})

test('while a secret is changed, F44, each secret signs and both are accepted', async () => {
  const { url, received } = await receiver()
  const next = newSecret()
  await openSender().send(aRequest(url, { secrets: [next, secret] }))
  const [first] = received as [Received]
  expect(String(first.headers['webhook-signature']).split(' ')).toHaveLength(2)
  verify(first, next)
  verify(first, secret)
  expect(() => verify(first, newSecret())).toThrow()
})

describe('what cannot be signed, F39, is refused before anything is sent', () => {
  const short = `whsec_${Buffer.alloc(23, 1).toString('base64')}`
  const long = `whsec_${Buffer.alloc(65, 1).toString('base64')}`
  test.each([
    ['no secret', []],
    ['an empty secret', ['']],
    ['a secret without its prefix', [Buffer.alloc(32, 1).toString('base64')]],
    ['a secret of 23 bytes', [short]],
    ['a secret of 65 bytes', [long]],
    ['a secret that is not base64', ['whsec_!!!!']],
    ['one good secret and one bad', [secret, short]],
  ])('%s', async (_name, secrets) => {
    const { url, received } = await receiver()
    expect(await outcomeOf(openSender().send(aRequest(url, { secrets })))).toBe('secret_invalid')
    expect(received).toEqual([])
  })

  test('an id that would not fit into a header', async () => {
    const { url, received } = await receiver()
    const sent = openSender().send(aRequest(url, { messageId: 'a\r\nx-injected: 1' }))
    await expect(sent).rejects.toThrow('visible ASCII')
    expect(received).toEqual([])
  })
})

test('a new secret has 32 bytes, and is another one each time', () => {
  expect(Buffer.from(newSecret().replace('whsec_', ''), 'base64')).toHaveLength(32)
  expect(newSecret()).not.toBe(newSecret())
})
