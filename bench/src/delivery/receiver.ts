import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Tally } from './tally.ts'

/** A process of its own: receives events, and says on request what it has seen. */
const tally = new Tally()
const server = createServer({ keepAlive: true }, (request, response) => {
  if (request.method !== 'POST') {
    response.end(JSON.stringify(tally.counts()))
    return
  }
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => void chunks.push(chunk))
  request.on('end', () => {
    tally.take(Buffer.concat(chunks).toString())
    response.sendDate = false
    response.writeHead(204).end()
  })
})
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
