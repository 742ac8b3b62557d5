import assert from 'node:assert/strict'
import { type InboxMessage, type InboxStore, receiveOnce } from '../../src/index.ts'

/** An inbox of its own, empty, with a clock that stands still until it is moved. */
export interface InboxHarness {
  /** One transaction, committed when the work is done and rolled back when it fails. */
  transact<Result>(work: (store: InboxStore) => Promise<Result>): Promise<Result>
  advance(ms: number): void
  close(): Promise<void>
}

/** Breaks a store so that exactly one case fails. */
export type Saboteur = (harness: InboxHarness) => InboxHarness

export interface InboxCase {
  readonly name: string
  readonly saboteur: Saboteur
  run(harness: InboxHarness): Promise<void>
}

const dayMs = 24 * 3_600_000
const source = '/owners/o1'
let count = 0

function aMessage(fields: Partial<InboxMessage> = {}): InboxMessage {
  count += 1
  return { id: `message-${count}`, source, record: null, ...fields }
}

const about = (version: number, id = 'invoice-1') => ({ id, version })

async function received(harness: InboxHarness, message: InboxMessage, apply = async () => {}) {
  return harness.transact((store) => receiveOnce(store, message, apply))
}

/** Replaces methods of the store in every transaction. */
function replacing(replace: (store: InboxStore) => Partial<InboxStore>): Saboteur {
  return (harness) => ({
    ...harness,
    transact: (work) => harness.transact((store) => work({ ...store, ...replace(store) })),
  })
}

/** A store whose messages are changed on their way in. */
function changing(change: (message: InboxMessage) => InboxMessage): Saboteur {
  return replacing((store) => ({ remember: (message) => store.remember(change(message)) }))
}

export const inboxCases: readonly InboxCase[] = [
  {
    name: 'applies a message once, however often it comes',
    saboteur: (harness) => {
      let repetition = 0
      return changing((message) => {
        repetition += 1
        return message.record === null && message.source === source && message.id.startsWith('repeated')
          ? { ...message, id: `${message.id}-${repetition}` }
          : message
      })(harness)
    },
    async run(harness) {
      let applied = 0
      const message = aMessage({ id: 'repeated' })
      const apply = async () => {
        applied += 1
      }
      const outcomes = []
      for (let time = 0; time < 3; time += 1) outcomes.push(await received(harness, message, apply))
      assert.deepEqual([outcomes, applied], [['applied', 'duplicate', 'duplicate'], 1])
    },
  },
  {
    name: 'keeps messages of different sources apart',
    saboteur: changing((message) => ({ ...message, source: 'all' })),
    async run(harness) {
      const message = aMessage({ record: about(2) })
      assert.equal(await received(harness, message), 'applied')
      assert.equal(await received(harness, { ...message, source: '/owners/o2', record: about(1) }), 'applied')
    },
  },
  {
    name: 'finds a version stale that is not above the last of its record, and does not apply it',
    saboteur: changing((message) =>
      message.record?.id === 'stale-1' ? { ...message, record: null } : message,
    ),
    async run(harness) {
      let applied = 0
      const outcomes = []
      for (const version of [2, 1, 2, 5, 4, 6]) {
        const message = aMessage({ record: about(version, 'stale-1') })
        outcomes.push(
          await received(harness, message, async () => {
            applied += 1
          }),
        )
      }
      assert.deepEqual(outcomes, ['applied', 'stale', 'stale', 'applied', 'stale', 'applied'])
      assert.equal(applied, 3)
    },
  },
  {
    name: 'keeps records of one source apart',
    saboteur: changing((message) =>
      message.record?.id.startsWith('apart')
        ? { ...message, record: { ...message.record, id: 'one' } }
        : message,
    ),
    async run(harness) {
      assert.equal(await received(harness, aMessage({ record: about(7, 'apart-1') })), 'applied')
      assert.equal(await received(harness, aMessage({ record: about(1, 'apart-2') })), 'applied')
    },
  },
  {
    name: 'takes messages that are about no record',
    saboteur: changing((message) =>
      message.id.startsWith('free') ? { ...message, record: about(1, 'nothing') } : message,
    ),
    async run(harness) {
      assert.equal(await received(harness, aMessage({ id: 'free-1' })), 'applied')
      assert.equal(await received(harness, aMessage({ id: 'free-2' })), 'applied')
    },
  },
  {
    name: 'forgets with the transaction that is rolled back, so that the repetition is applied',
    saboteur: (harness) => ({
      ...harness,
      transact: async (work) => {
        let failure: unknown = null
        const result = await harness.transact((store) =>
          work(store).catch((error) => {
            failure = error
            return undefined as never
          }),
        )
        if (failure !== null) throw failure
        return result
      },
    }),
    async run(harness) {
      const message = aMessage({ record: about(3) })
      const failing = received(harness, message, () => Promise.reject(new Error('the disk is full')))
      await assert.rejects(failing, /the disk is full/)
      assert.equal(await received(harness, message), 'applied')
    },
  },
  {
    name: 'lets one of many that come at once apply a message',
    saboteur: (harness) => {
      // Answers what it saw before it waited.
      const seen = new Set<string>()
      return replacing((store) => ({
        async remember(message) {
          if (!message.id.startsWith('crowd')) return store.remember(message)
          const isNew = seen.size < 2
          seen.add(`${message.id}-${seen.size}`)
          await store.remember(message)
          return isNew ? 'new' : 'duplicate'
        },
      }))(harness)
    },
    async run(harness) {
      const message = aMessage({ id: 'crowd', record: about(1) })
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => received(harness, message)))
      assert.deepEqual(outcomes.toSorted(), ['applied', ...Array(7).fill('duplicate')])
    },
  },
  {
    name: 'never lets the version of a record fall when several come at once',
    saboteur: replacing((store) => ({
      async remember(message) {
        if (message.record?.id !== 'rising') return store.remember(message)
        await store.remember({ ...message, record: null })
        return 'new'
      },
    })),
    async run(harness) {
      const versions = [4, 1, 8, 3, 6, 2, 7, 5]
      const applied: number[] = []
      await Promise.all(
        versions.map((version) =>
          received(harness, aMessage({ record: about(version, 'rising') }), async () => {
            applied.push(version)
          }),
        ),
      )
      assert.deepEqual(
        applied,
        applied.toSorted((one, other) => one - other),
      )
      assert.equal(applied.at(-1), 8)
    },
  },
  {
    name: 'forgets an id after the retention',
    saboteur: replacing(() => ({ forgetOld: async () => {} })),
    async run(harness) {
      const message = aMessage()
      await received(harness, message)
      harness.advance(30 * dayMs + 1)
      await received(harness, aMessage())
      assert.equal(await received(harness, message), 'applied')
    },
  },
  {
    name: 'remembers an id for the whole retention',
    saboteur: (harness) => {
      let days = 0
      return {
        ...harness,
        advance: (ms) => {
          days += ms / dayMs
          harness.advance(days === 30 ? ms + 1 : ms)
        },
      }
    },
    async run(harness) {
      const message = aMessage()
      await received(harness, message)
      harness.advance(30 * dayMs)
      await received(harness, aMessage())
      assert.equal(await received(harness, message), 'duplicate')
    },
  },
  {
    name: 'remembers the version of a record when its ids are forgotten',
    saboteur: (harness) => {
      let isLater = false
      const withoutRecords = changing((message) => (isLater ? { ...message, record: null } : message))
      return withoutRecords({
        ...harness,
        advance: (ms) => {
          isLater = true
          harness.advance(ms)
        },
      })
    },
    async run(harness) {
      await received(harness, aMessage({ record: about(2) }))
      harness.advance(31 * dayMs)
      await received(harness, aMessage())
      assert.equal(await received(harness, aMessage({ record: about(2) })), 'stale')
    },
  },
]
