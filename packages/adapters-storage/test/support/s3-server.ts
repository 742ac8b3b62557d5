import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { findOptionalTool } from './optional-tool.ts'
import { scratchFolder } from './scratch-folder.ts'

/** A server that speaks S3, and how to get in. */
export interface S3Server {
  readonly access: S3Access
  stop(): Promise<void>
}

export interface S3Access {
  readonly endPoint: string
  readonly port: number
  readonly useTls: boolean
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

const programs = ['proxy', 'account', 'container', 'object'].map((kind) => `swift-${kind}-server`)

/** What the tests would run on, or why they cannot: the title of their suite. */
export function s3Title(): { readonly isThere: boolean; readonly title: string } {
  if (process.env.S3_ENDPOINT !== undefined) return { isThere: true, title: 'on the server of S3_ENDPOINT' }
  const missing = programs.find((program) => findOptionalTool(program) === null)
  if (missing === undefined) return { isThere: true, title: 'on OpenStack Swift' }
  const install = 'apt-get install swift-proxy swift-account swift-container swift-object'
  return { isThere: false, title: `on S3 (skipped: no ${missing}, ${install}, and no S3_ENDPOINT)` }
}

/** The server of `S3_ENDPOINT` (`s3://key:secret@host:port?tls=0&region=us-east-1`), or else a Swift of our own on 127.0.0.1. */
export async function startS3(): Promise<S3Server> {
  const given = process.env.S3_ENDPOINT
  if (given !== undefined) return { access: readAccess(given), stop: async () => {} }
  return startSwift()
}

function readAccess(text: string): S3Access {
  const url = new URL(text)
  const useTls = url.searchParams.get('tls') !== '0'
  return {
    endPoint: url.hostname,
    port: Number(url.port) || (useTls ? 443 : 80),
    useTls,
    accessKey: decodeURIComponent(url.username),
    secretKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
  }
}

/** How to get into the Swift of `swift-s3.sh`. */
function swiftAccess(port: number): S3Access {
  return {
    endPoint: '127.0.0.1',
    port,
    useTls: false,
    accessKey: 'test:tester',
    secretKey: 'testing',
    region: 'us-east-1',
  }
}

async function startSwift(): Promise<S3Server> {
  const { folder, remove } = scratchFolder()
  const ports = await freePorts(programs.length)
  const script = join(import.meta.dirname, 'swift-s3.sh')
  const child = spawn('bash', [script, folder, ...ports.map(String)], { stdio: ['pipe', 'pipe', 'ignore'] })
  const exit = once(child, 'exit')
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  const access = swiftAccess(ports[0] ?? 0)
  const stop = async (): Promise<void> => {
    child.stdin.end()
    await exit
    remove()
  }
  if (first.value === 'ready') return { access, stop }
  await stop()
  throw new Error('Swift did not start')
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  const ports: number[] = []
  for (const server of servers) {
    if (!server.listening) await once(server, 'listening')
    ports.push(portOf(server))
  }
  for (const server of servers) {
    server.close()
    await once(server, 'close')
  }
  return ports
}

export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  return address.port
}
