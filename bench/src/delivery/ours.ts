import { strict as assert } from 'node:assert'
import { createDispatcher } from '@daftari/application'
import type { Contender } from '../contest/contender.ts'
import type { Body } from './bodies.ts'
import { Countdown } from './countdown.ts'
import type { Stage } from './stage.ts'
import { CONNECTIONS } from './start-receiver.ts'

const AHEAD = 1000

/** Our dispatcher, and what the handler does. */
export function ours(
  name: string,
  stage: Stage,
  next: () => readonly Body[],
  handle: (text: string) => Promise<void>,
): Contender {
  let all = 0
  return {
    name,
    async prepare() {
      const bodies = next()
      all = bodies.length
      await stage.clear()
      await stage.store(bodies)
      await stage.query('vacuum analyze')
    },
    async run() {
      const countdown = new Countdown(all)
      stage.handler = async (text) => {
        await handle(text)
        countdown.count()
      }
      const dispatcher = createDispatcher(stage.adapters, {
        batchSize: AHEAD,
        concurrency: 2 * CONNECTIONS,
        concurrencyPerSubscription: 2 * CONNECTIONS,
        onError: (error) => console.error(error),
      })
      const flushed = await dispatcher.flush()
      await dispatcher.stop()
      assert.deepEqual(flushed, { processed: all, failed: 0, dead: 0, skipped: 0, attempts: all })
      return countdown.run()
    },
  }
}
