import assert from 'node:assert/strict'
import type { Ports } from '@daftari/application'
import type { Contract } from './contract.ts'

/** What nobody can foretell. */
export const randomContract: Contract<Pick<Ports, 'random'>> = {
  name: 'random',
  cases: [
    {
      name: 'gives the requested number of bytes',
      async run({ ports: { random } }) {
        for (const count of [0, 1, 16, 32, 33, 1_000]) assert.equal(random.bytes(count).length, count)
      },
    },
    {
      name: 'gives different bytes at each call',
      async run({ ports: { random } }) {
        const given = Array.from({ length: 100 }, () => Buffer.from(random.bytes(16)).toString('hex'))
        assert.equal(new Set(given).size, given.length)
      },
    },
    {
      name: 'gives every byte value equally often, at every place',
      async run({ ports: { random } }) {
        const given = random.bytes(4 * 25_600)
        for (let place = 0; place < 4; place += 1) {
          const counts = new Array<number>(256).fill(0)
          for (let index = place; index < given.length; index += 4) {
            const byte = given[index] ?? 0
            counts[byte] = (counts[byte] ?? 0) + 1
          }
          // A hundred of each are expected. A fair source does not stray so far within the life of the universe.
          for (const [byte, count] of counts.entries()) {
            assert.ok(count > 20 && count < 250, `${byte} comes ${count} times at ${place}`)
          }
        }
      },
    },
    {
      name: 'does not change bytes that it gave before',
      async run({ ports: { random } }) {
        const first = random.bytes(16)
        const copy = Buffer.from(first)
        for (let count = 0; count < 20; count += 1) random.bytes(16)
        assert.deepEqual(Buffer.from(first), copy)
      },
    },
  ],
}
