import { type AddressInfo, connect, type Socket } from 'node:net'
import { createBooks } from '@daftari/application'
import { createMemoryAdapters, type MemoryAdapters } from '@daftari/testing'
import Fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, onTestFinished, test } from 'vitest'
import { booksPlugin, type SenderLimits } from '../src/index.ts'
import { pdfForm } from './support/form.ts'
import { authenticate, requestOf, type Sending } from './support/test-service.ts'

/** Nobody has to wait for long, and who sends at once is not too slow on a busy machine. */
const SHORT: SenderLimits = { jsonMs: 300, graceMs: 300, bytesPerSecond: 16 * 1024 }

interface Host {
  readonly app: FastifyInstance
  readonly memory: MemoryAdapters
  readonly warnings: readonly string[]
}

/** The books in a host with limits of its own, listening. */
async function openHost(senderLimits: SenderLimits): Promise<Host> {
  const memory = createMemoryAdapters()
  const warnings: string[] = []
  const app = Fastify({
    logger: { level: 'warn', stream: { write: (line: string) => void warnings.push(line) } },
    requestTimeout: 60_000,
  })
  onTestFinished(() => app.close())
  await app.register(booksPlugin, {
    prefix: '/money',
    books: createBooks(memory),
    authenticate,
    senderLimits,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, memory, warnings }
}

interface Told {
  readonly head: string
  readonly body: string
}

/** Sends the pieces with `pauseMs` between them, and reads until the connection is closed. */
async function send(
  { app }: Host,
  path: string,
  pieces: readonly Buffer[],
  { headers = {}, owner }: Pick<Sending, 'headers' | 'owner'>,
  pauseMs = 0,
): Promise<Told> {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const heard: Buffer[] = []
  socket.on('data', (piece) => heard.push(piece))
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const request = requestOf('POST', path, owner === undefined ? { headers } : { headers, owner })
  const lines = Object.entries({ ...request.headers, host: 'localhost' })
  socket.write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  )
  const sender = sendSlowly(socket, pieces, pauseMs)
  await closed
  clearInterval(sender)
  const [head = '', body = ''] = Buffer.concat(heard).toString().split('\r\n\r\n')
  return { head: head.toLowerCase(), body }
}

function sendSlowly(socket: Socket, pieces: readonly Buffer[], pauseMs: number): NodeJS.Timeout {
  const left = [...pieces]
  const next = (): void => {
    const piece = left.shift()
    if (piece !== undefined && socket.writable) socket.write(piece)
  }
  next()
  return setInterval(next, pauseMs)
}

function cut(body: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    body.subarray(index * size, (index + 1) * size),
  )
}

const form = pdfForm('a.pdf', `%PDF-${'x'.repeat(100_000)}`)
const csv = Buffer.from(`date,category,amount,description\n${'2026-11-20,usafiri,1,Basi\n'.repeat(1_000)}`)
const json = Buffer.from('{"name":"Usafiri"}')

describe('F53 and F77 a sender who is too slow', () => {
  test.each([
    ['a file that stops', '/attachments', form.headers, form.body, 2_000, 10_000],
    ['a file that drips', '/attachments', form.headers, form.body, 10, 20],
    ['a form that does not begin', '/attachments', form.headers, form.body, 5, 10_000],
    ['a text in CSV', '/expenses/import?dryRun=false', { 'content-type': 'text/csv' }, csv, 10, 20],
    ['a body of JSON', '/categories', { 'content-type': 'application/json' }, json, 1, 40],
  ])('of %s is refused with 408, and nothing is stored', async (_, path, headers, body, size, pauseMs) => {
    const host = await openHost(SHORT)
    const sized = { headers: { ...headers, 'content-length': String(body.length) } }
    const told = await send(host, `/money/v1${path}`, cut(body, size), sized, pauseMs)
    expect(told.head).toMatch(/^http\/1\.1 408 /)
    expect(told.head).toContain('connection: close')
    expect(JSON.parse(told.body)).toMatchObject({
      code: 'request_timeout',
      detail: 'The body took too long to arrive.',
    })
    await host.app.close()
    expect(await host.memory.files.list(null, 10)).toEqual([])
    expect(host.warnings).toEqual([])
  })

  test('is cut off when the answer was given before the body came', async () => {
    const host = await openHost(SHORT)
    const headers = { 'content-type': 'application/json', 'content-length': String(json.length) }
    const told = await send(host, '/money/v1/categories', cut(json, 1), { headers, owner: null }, 100)
    expect(told.head).toMatch(/^http\/1\.1 401 /)
    expect(told.body).not.toContain('request_timeout')
    expect(host.warnings).toEqual([])
  })

  test('may go on with the same connection when the rest came in time after the answer', async () => {
    const host = await openHost({ ...SHORT, jsonMs: 30_000 })
    const { port } = host.app.server.address() as AddressInfo
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    const heard: string[] = []
    socket.on('data', (piece) => heard.push(piece.toString()))
    const answers = (count: number) =>
      expect
        .poll(() => heard.join('').match(/HTTP\/1\.1 401 /g)?.length ?? 0, { timeout: 30_000 })
        .toBe(count)
    const head = 'POST /money/v1/categories HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
    for (const turn of [1, 2]) {
      socket.write(`${head}Content-Length: ${json.length}\r\n\r\n`)
      await answers(turn)
      socket.write(json)
    }
  })

  test('but fast enough is not refused, for all that he takes longer than a body of JSON may', async () => {
    const host = await openHost({ jsonMs: 100, graceMs: 30_000, bytesPerSecond: 1 })
    const headers = { ...form.headers, 'content-length': String(form.body.length), connection: 'close' }
    const told = await send(host, '/money/v1/attachments', cut(form.body, 20_000), { headers }, 50)
    expect(told.head).toMatch(/^http\/1\.1 201 /)
    expect(await host.memory.files.list(null, 10)).toHaveLength(1)
  })
})
