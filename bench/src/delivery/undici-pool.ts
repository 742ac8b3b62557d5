import type { Contender } from '../contest/contender.ts'
import { type Body, BURST } from './bodies.ts'
import { Countdown } from './countdown.ts'
import type { Receiver } from './start-receiver.ts'

/** More under way are not faster. */
const AT_ONCE = 16

/** The bodies from memory, the events of one aggregate one after the other: what no dispatcher can be faster than. */
export function undiciPool({ post }: Receiver, next: () => readonly Body[]): Contender {
  let bodies: readonly Body[] = []
  return {
    name: 'undici pool',
    async prepare() {
      bodies = next()
    },
    async run() {
      const countdown = new Countdown(bodies.length)
      let first = 0
      async function send(): Promise<void> {
        while (first < bodies.length) {
          const burst = bodies.slice(first, first + BURST)
          first += BURST
          for (const { text } of burst) {
            await post(text)
            countdown.count()
          }
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, send))
      return countdown.run()
    },
  }
}
