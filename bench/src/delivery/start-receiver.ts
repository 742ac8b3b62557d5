import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Dispatcher, Pool } from 'undici'
import type { Received } from './tally.ts'

/** How many requests can be under way at once. Each has as many as make it fastest. */
export const CONNECTIONS = 64

export interface Receiver {
  /** Resolves when the receiver has said that it has it. */
  post(text: string): Promise<void>
  received(): Promise<Received>
  stop(): Promise<void>
}

const HEADERS = { 'content-type': 'application/json' }

/** What the queues cost is compared, and so as little as can be is spent on an answer. */
class Answer implements Dispatcher.DispatchHandler {
  readonly #resolve: () => void
  readonly #reject: (error: Error) => void
  #status = 0

  constructor(resolve: () => void, reject: (error: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  onRequestStart(): void {}

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    this.#status = status
  }

  onResponseData(): void {}

  onResponseEnd(): void {
    if (this.#status === 204) this.#resolve()
    else this.#reject(new Error(`The receiver answered ${this.#status}`))
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}

/** A receiver, and connections to it that are kept open and used by everybody. */
export async function startReceiver(): Promise<Receiver> {
  const child = fork(fileURLToPath(new URL('./receiver.ts', import.meta.url)), {
    execArgv: ['--conditions=source'],
  })
  const [port] = await once(child, 'message')
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, pipelining: 1 })
  return {
    post: (body) =>
      new Promise((resolve, reject) => {
        pool.dispatch({ path: '/', method: 'POST', headers: HEADERS, body }, new Answer(resolve, reject))
      }),
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
