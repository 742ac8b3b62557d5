import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { certificate, certificateKey } from './certificate.ts'

export interface LocalServer {
  readonly port: number
  readonly url: string
  /** How many connections it has taken. */
  readonly taken: () => number
  readonly open: () => number
  /** Resolves when no connection is open any more. */
  untilNoneIsOpen(): Promise<void>
  /** Ends the connections that are open, as a server does that is restarted. */
  endConnections(): void
}

export function httpServer(answer: RequestListener): Promise<LocalServer> {
  return listening(createServer(answer), 'http')
}

export function httpsServer(answer: RequestListener): Promise<LocalServer> {
  return listening(createTlsServer({ cert: certificate, key: certificateKey }, answer), 'https')
}

/** Says what it likes once it has read something. */
export function rawServer(answer: (socket: Socket) => void): Promise<LocalServer> {
  return listening(
    createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => answer(socket))
      socket.resume()
    }),
    'http',
  )
}

async function listening(server: Server, scheme: string): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  let taken = 0
  let onEmpty: () => void = () => undefined
  server.on('connection', (socket: Socket) => {
    taken += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) onEmpty()
    })
  })
  server.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endConnections = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(async () => {
    endConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}/hooks`,
    taken: () => taken,
    open: () => sockets.size,
    untilNoneIsOpen: () =>
      new Promise((resolve) => {
        if (sockets.size === 0) resolve()
        else onEmpty = resolve
      }),
    endConnections,
  }
}
