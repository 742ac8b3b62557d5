import { strict as assert } from 'node:assert'
import { createDispatcher, type Send } from '@daftari/application'
import type { Contender } from '../contest/contender.ts'
import type { Body } from './bodies.ts'
import { Countdown } from './countdown.ts'
import type { Stage } from './stage.ts'
import { CONNECTIONS } from './start-receiver.ts'

const AHEAD = 2000

/** Our dispatcher, and how it sends. */
export function ours(name: string, stage: Stage, next: () => readonly Body[], send: Send): Contender {
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
      const { senders } = stage.adapters
      senders.set(stage.handlerId, async (record, arrival) => {
        await send(record, arrival)
        countdown.count()
      })
      const dispatcher = createDispatcher(stage.adapters, {
        batchSize: AHEAD,
        concurrency: CONNECTIONS,
        concurrencyPerSubscription: CONNECTIONS,
        onError: (error) => console.error(error),
      })
      const flushed = await dispatcher.flush()
      await dispatcher.stop()
      senders.set(stage.handlerId, stage.toHandler)
      assert.deepEqual(flushed, { processed: all, failed: 0, dead: 0, skipped: 0, attempts: all })
      return countdown.run()
    },
  }
}
