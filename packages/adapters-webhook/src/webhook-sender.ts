import { lookup } from 'node:dns/promises'
import type { Dispatcher } from 'undici'
import { type Connection, type Connections, createConnections } from './connections.ts'
import { type Deadline, startDeadline } from './deadline.ts'
import { judgeUrl } from './judge-url.ts'
import { KEPT_BYTES, type KeptResponse, keptResponse } from './kept-response.ts'
import { openSocket, type Resolve, type SocketOptions } from './open-socket.ts'
import { retryAfterMs } from './retry-after.ts'
import { signatures } from './signature.ts'
import { isWebhookFailure, type WebhookFailureCode, webhookFailure } from './webhook-failure.ts'

export interface WebhookSenderOptions {
  /** For development: `http`, any port, and hosts and addresses that are not public. */
  readonly allowPrivate?: boolean
  /** Finds all addresses of a host; by default that is left to the system. */
  readonly resolve?: Resolve
  /** Milliseconds since 1970. */
  readonly clock?: { now(): number }
  /** Certificates to trust instead of those of Node, in PEM. */
  readonly ca?: string
  /** For looking up, connecting and the handshake together: 3,000. */
  readonly connectTimeoutMs?: number
  /** Connections to all endpoints together: 64. */
  readonly maxSockets?: number
  /** Connections to one origin: 4. */
  readonly maxSocketsPerEndpoint?: number
  /** How long a connection is kept for the next send: 10,000. */
  readonly idleMs?: number
  /** `Daftari`, unless told otherwise. */
  readonly userAgent?: string
}

export interface WebhookRequest {
  readonly url: string
  /** Each signs; the newest first. */
  readonly secrets: readonly string[]
  /** The same at each attempt: receivers know a repetition by it. */
  readonly messageId: string
  /** What is signed is what is sent, byte for byte. */
  readonly body: string | Uint8Array
  readonly contentType: string
  /** When the caller gives up. The sender ends half a second before. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** An answer, whatever it says. */
export interface WebhookAnswer {
  readonly status: number
  /** Whether the status is one of success. A redirect is not, and nobody follows it. */
  readonly isDelivered: boolean
  /** What `Retry-After` asks for, 24 hours at most. */
  readonly retryAfterMs: number | null
  /** 410: the endpoint wants nothing any more. */
  readonly isGone: boolean
  readonly response: KeptResponse
}

export interface WebhookSender {
  /** Sends once. Throws a `WebhookFailure` when there was no answer. */
  send(request: WebhookRequest): Promise<WebhookAnswer>
  /** Ends what is under way as `closed`, and all connections. */
  close(): Promise<void>
}

/** More than this of a body is not read; the connection is closed instead. */
const READ_BYTES = 16_384
const MESSAGE_ID = /^[\x21-\x7e]{1,255}$/

interface Post {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Sends webhooks by Standard Webhooks, over HTTP/1.1. */
export function webhookSender(options: WebhookSenderOptions = {}): WebhookSender {
  const { allowPrivate = false, clock = { now: () => Date.now() }, userAgent = 'Daftari' } = options
  const { maxSockets = 64, maxSocketsPerEndpoint = 4, idleMs = 10_000 } = options
  const connections = createConnections({ maxSockets, maxSocketsPerEndpoint, idleMs })
  const socketOptions: SocketOptions = {
    allowPrivate,
    resolve: options.resolve ?? ((host) => lookup(host, { all: true, order: 'verbatim' })),
    connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
    ca: options.ca ?? null,
  }
  const closing = new AbortController()
  const underWay = new Set<Promise<unknown>>()

  function postOf({ url, secrets, messageId, body, contentType }: WebhookRequest): Post {
    const fault = judgeUrl(url, { allowPrivate })
    if (fault !== null) throw webhookFailure('url_blocked', fault)
    if (!MESSAGE_ID.test(messageId))
      throw new TypeError('A message id has 1 to 255 visible ASCII characters.')
    const bytes = Buffer.from(body)
    const timestamp = Math.floor(clock.now() / 1_000)
    const headers = {
      'content-type': contentType,
      'user-agent': userAgent,
      'webhook-id': messageId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures({ messageId, timestamp, body: bytes }, secrets),
    }
    return { url: new URL(url), headers, body: bytes }
  }

  async function sendOnce(request: WebhookRequest): Promise<WebhookAnswer> {
    if (closing.signal.aborted) throw webhookFailure('closed')
    const post = postOf(request)
    const deadline = startDeadline(request.timeoutMs, closing.signal, request.signal)
    try {
      return await connections.withPlace(post.url.origin, deadline.signal, () => {
        deadline.becomes('timeout')
        return deliver(post, connections, socketOptions, deadline, clock.now())
      })
    } finally {
      deadline.clear()
    }
  }

  return {
    send(request) {
      const sent = sendOnce(request)
      const settled = sent.catch(() => undefined).finally(() => underWay.delete(settled))
      underWay.add(settled)
      return sent
    },
    async close() {
      closing.abort(webhookFailure('closed'))
      await Promise.all(underWay)
      connections.close()
    },
  }
}

async function deliver(
  post: Post,
  connections: Connections,
  options: SocketOptions,
  { signal }: Deadline,
  nowMs: number,
): Promise<WebhookAnswer> {
  const { origin } = post.url
  const kept = connections.takeIdle(origin)
  if (kept !== null) {
    try {
      return await exchange(post, kept, signal, nowMs)
    } catch (failure) {
      // The server may close a connection while it lies idle; that says nothing about this message.
      if (!isWebhookFailure(failure, 'network')) throw failure
    }
  }
  return exchange(post, connections.adopt(origin, await openSocket(post.url, options, signal)), signal, nowMs)
}

async function exchange(
  { url, headers, body }: Post,
  connection: Connection,
  signal: AbortSignal,
  nowMs: number,
): Promise<WebhookAnswer> {
  let answer: Dispatcher.ResponseData
  try {
    answer = await connection.client.request({
      method: 'POST',
      path: url.pathname + url.search,
      headers,
      body,
      signal,
    })
  } catch (cause) {
    connection.discard()
    throw signal.aborted
      ? signal.reason
      : isWebhookFailure(cause)
        ? cause
        : webhookFailure(codeOf(cause), cause)
  }
  const { start, isWhole } = await beginningOf(answer.body)
  if (isWhole) connection.release()
  else connection.discard()

  const status = answer.statusCode
  const [asked = null] = valuesOf(answer.headers['retry-after'])
  return {
    status,
    isDelivered: status >= 200 && status < 300,
    retryAfterMs: asked === null ? null : retryAfterMs(asked, nowMs),
    isGone: status === 410,
    response: keptResponse(headersOf(answer.headers), start),
  }
}

/** Once the headers are there the status stands, so a body that breaks off or does not end is no failure. */
async function beginningOf(body: AsyncIterable<Buffer>): Promise<{ start: Buffer; isWhole: boolean }> {
  const kept: Buffer[] = []
  let read = 0
  let isWhole = true
  try {
    for await (const piece of body) {
      if (read < KEPT_BYTES) kept.push(piece)
      read += piece.length
      if (read > READ_BYTES) {
        isWhole = false
        break
      }
    }
  } catch {
    isWhole = false
  }
  return { start: Buffer.concat(kept).subarray(0, KEPT_BYTES), isWhole }
}

type ReceivedHeaders = Dispatcher.ResponseData['headers']

function headersOf(headers: ReceivedHeaders): readonly (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    valuesOf(value).map((one) => [name, one] as const),
  )
}

function valuesOf(value: ReceivedHeaders[string]): readonly string[] {
  return value === undefined ? [] : [value].flat()
}

function codeOf(cause: unknown): WebhookFailureCode {
  const isUnreadable =
    cause instanceof Error && ['HTTPParserError', 'HeadersOverflowError'].includes(cause.name)
  return isUnreadable ? 'protocol' : 'network'
}
