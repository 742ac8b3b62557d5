import { once } from 'node:events'
import { createServer, type Server, Socket } from 'node:net'

export interface Link {
  readonly client: Socket
  readonly server: Socket
}

/** What stands between a client and the server, and may fail. */
export interface TcpProxy {
  /** Where connections go from here on. */
  target: { readonly host: string; readonly port: number }
  /** Sees what comes before it is passed on; `false` keeps it. */
  fromClient: (chunk: Buffer, link: Link) => boolean
  fromServer: (chunk: Buffer, link: Link) => boolean
  /** The same database, by way of this. */
  urlOf(url: string): string
  close(): Promise<void>
}

const pass = (): boolean => true

/** Listens on a port of its own and passes everything on. */
export async function openTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const links = new Set<Link>()
  const listener: Server = createServer((client) => connect(client))
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  const { port } = address

  function connect(client: Socket): void {
    const server = new Socket()
    const link = { client, server }
    links.add(link)
    server.connect(proxy.target.port, proxy.target.host)
    client.on('data', (chunk) => void (proxy.fromClient(chunk, link) && server.write(chunk)))
    server.on('data', (chunk) => void (proxy.fromServer(chunk, link) && client.write(chunk)))
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => {
        other.destroy()
        links.delete(link)
      })
    }
  }

  const proxy: TcpProxy = {
    target: targetOf(targetUrl),
    fromClient: pass,
    fromServer: pass,
    urlOf(url) {
      const changed = new URL(url)
      changed.hostname = '127.0.0.1'
      changed.port = String(port)
      return changed.href
    },
    async close() {
      const closed = once(listener, 'close')
      listener.close()
      for (const { client, server } of links) {
        client.destroy()
        server.destroy()
      }
      await closed
    },
  }
  return proxy
}

export function targetOf(url: string): TcpProxy['target'] {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

/** Passes everything as before. */
export function heal(proxy: TcpProxy): void {
  proxy.fromClient = pass
  proxy.fromServer = pass
}
