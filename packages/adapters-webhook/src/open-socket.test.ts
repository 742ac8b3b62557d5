import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openSocket, type SocketOptions } from './open-socket.ts'

const ended = new AbortController().signal
const url = new URL('http://hooks.example.org:8443/')

function optionsWith(fields: Partial<SocketOptions>): SocketOptions {
  return { resolve: async () => [], allowPrivate: false, connectTimeoutMs: 3_000, ca: null, ...fields }
}

async function listener(): Promise<{ port: number; heard: () => number }> {
  let bytes = 0
  const server: Server = createServer((socket) => {
    socket.on('data', (piece) => {
      bytes += piece.length
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => void server.close(() => resolve())))
  return { port: (server.address() as AddressInfo).port, heard: () => bytes }
}

test('F49: refuses a host of which one address is private, without connecting to the others', async () => {
  const connected: string[] = []
  const options = optionsWith({
    resolve: async () => [{ address: '8.8.8.8' }, { address: '10.0.0.1' }],
    connect: (address) => {
      connected.push(address)
      throw new Error('connected')
    },
  })
  await expect(openSocket(url, options, ended)).rejects.toMatchObject({ code: 'url_blocked' })
  expect(connected).toEqual([])
})

test('F49: a public address that leads to this machine is refused on the open socket, before a byte', async () => {
  const { port, heard } = await listener()
  const asked: string[] = []
  const options = optionsWith({
    resolve: async () => [{ address: '8.8.8.8' }],
    connect: (address) => {
      asked.push(address)
      return connect({ host: '127.0.0.1', port })
    },
  })
  await expect(openSocket(url, options, ended)).rejects.toMatchObject({ code: 'url_blocked' })
  expect(asked).toEqual(['8.8.8.8'])
  expect(heard()).toBe(0)
})
