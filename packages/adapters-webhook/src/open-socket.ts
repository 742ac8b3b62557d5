import { isIP, type Socket, connect as tcpConnect } from 'node:net'
import { type TLSSocket, connect as tlsConnect } from 'node:tls'
import { isPublicAddress } from './judge-address.ts'
import { hostOf } from './judge-url.ts'
import { isWebhookFailure, webhookFailure } from './webhook-failure.ts'

/** Finds all addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string }[]>

export interface SocketOptions {
  readonly resolve: Resolve
  readonly allowPrivate: boolean
  /** For looking up, connecting and the handshake together; each address gets its share. */
  readonly connectTimeoutMs: number
  /** Certificates to trust instead of those of Node. */
  readonly ca: string | null
  /** Replaced in tests, where an address leads elsewhere than it says. */
  readonly connect?: (address: string, port: number) => Socket
}

const MOST_ADDRESSES = 4
const LOST = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT']

/**
 * Opens a connection to the host of a URL. The name is looked up here and not by the socket, whose `lookup` hook is never
 * asked for a literal. Every address must be public; one that is not refuses the host, since a name with both is how a
 * check is got around. What the socket is connected to in the end is judged once more, before a byte is written.
 */
export async function openSocket(url: URL, options: SocketOptions, ended: AbortSignal): Promise<Socket> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(webhookFailure('timeout')), options.connectTimeoutMs)
  const signal = AbortSignal.any([ended, limit.signal])
  try {
    const socket = await connectToOne(url, await publicAddresses(url, options, signal), options, signal)
    return url.protocol === 'https:' ? await secure(socket, hostOf(url), options.ca, signal) : socket
  } finally {
    clearTimeout(timer)
  }
}

async function publicAddresses(
  url: URL,
  { resolve, allowPrivate }: SocketOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const host = hostOf(url)
  const found = isIP(host) === 0 ? await unlessAborted(lookUp(resolve, host), signal) : [host]
  if (found.length === 0) throw webhookFailure('dns')
  if (!allowPrivate && !found.every(isPublicAddress)) throw webhookFailure('url_blocked')
  return found.slice(0, MOST_ADDRESSES)
}

async function lookUp(resolve: Resolve, host: string): Promise<readonly string[]> {
  try {
    return (await resolve(host)).map(({ address }) => address)
  } catch (cause) {
    throw webhookFailure('dns', cause)
  }
}

async function connectToOne(
  url: URL,
  addresses: readonly string[],
  options: SocketOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const shareMs = Math.ceil(options.connectTimeoutMs / addresses.length)
  let last: unknown = webhookFailure('dns')
  for (const address of addresses) {
    try {
      return await connectTo(address, port, shareMs, options, signal)
    } catch (failure) {
      if (signal.aborted || isWebhookFailure(failure, 'url_blocked')) throw failure
      last = failure
    }
  }
  throw last
}

async function connectTo(
  address: string,
  port: number,
  shareMs: number,
  { allowPrivate, connect = (host, to) => tcpConnect({ host, port: to, noDelay: true }) }: SocketOptions,
  signal: AbortSignal,
): Promise<Socket> {
  signal.throwIfAborted()
  const socket = connect(address, port)
  socket.setTimeout(shareMs, () => socket.destroy(webhookFailure('timeout')))
  await untilOpen(socket, 'connect', signal, (error) => webhookFailure('network', error))
  socket.setTimeout(0)
  socket.removeAllListeners('timeout')
  if (!allowPrivate && !isPublicAddress(socket.remoteAddress ?? '')) {
    socket.destroy()
    throw webhookFailure('url_blocked')
  }
  return socket
}

async function secure(
  socket: Socket,
  host: string,
  ca: string | null,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const secured = tlsConnect({
    socket,
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(ca === null ? {} : { ca }),
    ALPNProtocols: ['http/1.1'],
    // Said here, so that no environment variable turns it off.
    rejectUnauthorized: true,
  })
  const failureOf = (error: Error): Error =>
    webhookFailure('code' in error && LOST.includes(String(error.code)) ? 'network' : 'tls', error)
  try {
    return await untilOpen(secured, 'secureConnect', signal, failureOf)
  } catch (failure) {
    socket.destroy()
    throw failure
  }
}

/** Waits for the event, and destroys the socket when it fails or the signal comes first. */
function untilOpen<Opening extends Socket>(
  socket: Opening,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  failureOf: (error: Error) => Error,
): Promise<Opening> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      socket.destroy()
      reject(signal.reason)
    }
    // This one stays: an error between here and the first request would end the process.
    socket.on('error', (error) => {
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
      reject(isWebhookFailure(error) ? error : failureOf(error))
    })
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort)
      resolve(socket)
    })
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}

function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
