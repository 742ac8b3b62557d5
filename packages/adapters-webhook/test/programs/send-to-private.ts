// Run in a network namespace of its own, in which every address is this machine: a listener hears whatever is sent to
// any of them, and the counter of the loopback device counts every packet. Prints what came of it as JSON.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { isWebhookFailure, newSecret, webhookSender } from '../../src/index.ts'
import { blockedHosts, privateAddresses } from '../support/private-addresses.ts'

for (const command of [
  'link set lo up',
  'route add local default dev lo',
  '-6 route add local default dev lo',
]) {
  execFileSync('ip', command.split(' '))
}

const port = 8443
const heard: string[] = []
const listener = createServer((request, response) => {
  heard.push(request.url ?? '')
  response.writeHead(302, { location: 'http://169.254.169.254:8443/redirected' }).end()
})
listener.on('connection', (socket) => heard.push(socket.localAddress ?? ''))
await new Promise<void>((resolve) => listener.listen(port, '::', resolve))

// Not /sys/class/net, which goes on showing the devices of the namespace that it was mounted in.
function packets(): number {
  const [, received = ''] = /lo:\s*\d+\s+(\d+)/.exec(readFileSync('/proc/self/net/dev', 'utf8')) ?? []
  return Number.parseInt(received, 10)
}

async function codeOfSend(url: string, addresses: readonly string[], allowPrivate = false): Promise<string> {
  const resolve = async () => addresses.map((address) => ({ address }))
  const sender = webhookSender({ resolve, allowPrivate, connectTimeoutMs: 1_000 })
  const sent = sender.send({
    url,
    secrets: [newSecret()],
    messageId: 'message',
    body: '{}',
    contentType: 'application/json',
    timeoutMs: 3_000,
  })
  const outcome = await sent.then(
    ({ status }) => String(status),
    (failure) => (isWebhookFailure(failure) ? failure.code : String(failure)),
  )
  await sender.close()
  return outcome
}

const named = `https://hooks.example.org:${port}/`
const outcomes: Record<string, string> = {}
const before = packets()
for (const address of privateAddresses) {
  outcomes[`a name for ${address}`] = await codeOfSend(named, [address])
  outcomes[`a name for 8.8.8.8 and ${address}`] = await codeOfSend(named, ['8.8.8.8', address])
}
for (const host of blockedHosts) outcomes[host] = await codeOfSend(`https://${host}:${port}/`, ['8.8.8.8'])
const packetsOfRefused = packets() - before
const heardOfRefused = [...heard]
const beforeAllowed = packets()

// The trap works: what is allowed arrives, and a public address does, too, here without TLS on the other side.
const publicSend = await codeOfSend(named, ['8.8.8.8'])
const heardOfPublic = heard.splice(0)
const redirect = await codeOfSend(`http://hooks.example.org:${port}/first`, ['169.254.169.254'], true)
const heardOfRedirect = heard.splice(0)
listener.close()

console.log(
  JSON.stringify({
    outcomes,
    packetsOfRefused,
    heardOfRefused,
    publicSend,
    heardOfPublic,
    redirect,
    heardOfRedirect,
    packetsOfAllowed: packets() - beforeAllowed,
  }),
)
