import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import type { Received } from './tally.ts'

/** How many requests are under way at once, whoever sends. */
export const CONNECTIONS = 16

export interface Receiver {
  /** Resolves when the receiver has said that it has it. */
  post(text: string): Promise<void>
  received(): Promise<Received>
  stop(): Promise<void>
}

const HEADERS = { 'content-type': 'application/json' }

/** A receiver, and connections to it that are kept open and used by everybody. */
export async function startReceiver(): Promise<Receiver> {
  const child = fork(fileURLToPath(new URL('./receiver.ts', import.meta.url)), {
    execArgv: ['--conditions=source'],
  })
  const [port] = await once(child, 'message')
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, pipelining: 1 })
  return {
    async post(body) {
      const answer = await pool.request({ path: '/', method: 'POST', headers: HEADERS, body })
      await answer.body.dump()
      if (answer.statusCode !== 204) throw new Error(`The receiver answered ${answer.statusCode}`)
    },
    async received() {
      const answer = await pool.request({ path: '/', method: 'GET' })
      return (await answer.body.json()) as Received
    },
    async stop() {
      await pool.close()
      child.disconnect()
      await once(child, 'exit')
    },
  }
}
