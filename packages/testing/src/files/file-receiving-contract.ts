import assert from 'node:assert/strict'
import { instant } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import {
  assertBytes,
  bytesUnder,
  type FilePorts,
  freshKey,
  inPieces,
  joined,
  LIMIT_BYTES,
  markedStore,
  PDF,
  received,
  sha256,
  someBytes,
} from './file-steps.ts'

/** What a store takes in before it is stored. */
export const fileReceivingContract: Contract<FilePorts> = {
  name: 'receiving files',
  cases: [
    {
      name: 'tells size, hash and beginning of a file, however it is cut',
      async run({ ports }) {
        const files = await markedStore(ports)
        const bytes = someBytes(10_001)
        for (const pieceBytes of [1_000, 4_096, 5_000, 20_000]) {
          const file = await received(files, bytes, pieceBytes)
          assert.deepEqual([file.sizeBytes, file.sha256], [10_001, sha256(bytes)])
          assertBytes(file.head, bytes.slice(0, 4_096))
          await file.discard()
        }
      },
    },
    {
      name: 'receives a file without bytes',
      async run({ ports }) {
        const files = await markedStore(ports)
        const file = await files.receive(inPieces(someBytes(0)), 10)
        assert.deepEqual([file?.sizeBytes, file?.head.length], [0, 0])
        await file?.discard()
      },
    },
    {
      name: 'F63: receives a file of as many bytes as the limit',
      async run({ ports }) {
        const files = await markedStore(ports)
        const file = await files.receive(inPieces(someBytes(5_000), 1_000), 5_000)
        assert.equal(file?.sizeBytes, 5_000)
        await file?.discard()
      },
    },
    {
      name: 'F63: receives no file of one byte more than the limit',
      async run({ ports }) {
        const files = await markedStore(ports)
        assert.equal(await files.receive(inPieces(someBytes(5_001), 1_000), 5_000), null)
      },
    },
    {
      name: 'F63: asks for no more of a file once it is too large',
      async run({ ports }) {
        const files = await markedStore(ports)
        let [asked, isClosed] = [0, false]
        async function* pieces(): AsyncGenerator<Uint8Array> {
          try {
            for (; asked < 10; ) {
              asked += 1
              yield someBytes(1_000)
            }
          } finally {
            isClosed = true
          }
        }
        assert.equal(await files.receive(pieces(), 1_500), null)
        assert.deepEqual([asked, isClosed], [2, true])
      },
    },
    {
      name: 'F53: throws what the sender throws, as it is',
      async run({ ports }) {
        const files = await markedStore(ports)
        const failure = new Error('the sender is gone')
        async function* pieces(): AsyncGenerator<Uint8Array> {
          yield someBytes(1_000)
          throw failure
        }
        const [outcome] = await Promise.allSettled([files.receive(pieces(), LIMIT_BYTES)])
        assert.equal(outcome.status === 'rejected' && outcome.reason, failure)
      },
    },
    {
      name: 'gives what it received as often as it is asked for',
      async run({ ports }) {
        const file = await received(await markedStore(ports), someBytes(100_000))
        assertBytes(await joined(file.read()), someBytes(100_000))
        assertBytes(await joined(file.read()), someBytes(100_000))
        await file.discard()
      },
    },
    {
      name: 'lists nothing that was received and not stored',
      async run({ ports }) {
        const files = await markedStore(ports)
        const file = await received(files, someBytes(10))
        assert.deepEqual(await files.list(null, 10), [])
        await file.discard()
      },
    },
    {
      name: 'lets a received file be discarded twice, and after it was stored',
      async run({ ports }) {
        const files = await markedStore(ports)
        const [one, other] = [await received(files, someBytes(10)), await received(files, someBytes(10))]
        await one.discard()
        await one.discard()
        const key = freshKey()
        await files.put(key, other, PDF)
        await other.discard()
        assertBytes(await bytesUnder(files, key), someBytes(10))
      },
    },
    {
      name: 'F53: sweeps nothing away that is being received',
      async run({ ports }) {
        const files = await markedStore(ports)
        const file = await received(files, someBytes(10))
        assert.equal(await files.sweepUnfinished(instant(0)), 0)
        assertBytes(await joined(file.read()), someBytes(10))
        await file.discard()
      },
    },
  ],
}
