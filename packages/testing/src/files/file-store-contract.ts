import assert from 'node:assert/strict'
import { type FileKey, instant } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import { refusal } from '../kernel/steps.ts'
import {
  assertBytes,
  bytesUnder,
  type FilePorts,
  foreignFile,
  freshKey,
  inPieces,
  markedStore,
  PDF,
  received,
  sha256,
  someBytes,
  stored,
} from './file-steps.ts'

const noKeys = [
  '../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  'C:\\x',
  '-rf',
  'CON',
  '',
  '\0',
  `${'a'.repeat(300)}`,
  '\u202egnp.exe',
  '.daftari-store',
  `${freshId()}/2026/11`,
  `${freshId()}/../${freshId()}`,
] as FileKey[]

/** What a store keeps. */
export const fileStoreContract: Contract<FilePorts> = {
  name: 'file store',
  cases: [
    {
      name: 'keeps the bytes of small and large files',
      async run({ ports }) {
        const files = await markedStore(ports)
        for (const sizeBytes of [1, 4_097, 65_536, 6 * 2 ** 20 + 1]) {
          const key = await stored(files, someBytes(sizeBytes))
          assertBytes(await bytesUnder(files, key), someBytes(sizeBytes))
        }
      },
    },
    {
      name: 'keeps a file without bytes',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = await stored(files, someBytes(0))
        assert.equal((await bytesUnder(files, key))?.length, 0)
        assert.equal((await files.stat(key))?.sizeBytes, 0)
      },
    },
    {
      name: 'knows size, hash and type of a file',
      async run({ ports }) {
        const files = await markedStore(ports)
        for (const [bytes, contentType] of [
          [someBytes(5_000), 'application/xml'],
          [someBytes(6 * 2 ** 20), 'image/tiff'],
        ] as const) {
          const key = await stored(files, bytes, freshKey(), contentType)
          const known = { sizeBytes: bytes.length, sha256: sha256(bytes), contentType }
          assert.deepEqual(await files.stat(key), known)
        }
      },
    },
    {
      name: 'says in which store a file is',
      async run({ ports: { files } }) {
        const storeId = await files.mark(freshId())
        assert.equal(await files.put(freshKey(), await received(files, someBytes(10)), PDF), storeId)
      },
    },
    {
      name: 'F50: stores what another store received',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = freshKey()
        await files.put(key, foreignFile(someBytes(100_000)), PDF)
        assertBytes(await bytesUnder(files, key), someBytes(100_000))
      },
    },
    {
      name: 'gives up the received bytes once they are stored',
      async run({ ports }) {
        const files = await markedStore(ports)
        const file = foreignFile(someBytes(10))
        await files.put(freshKey(), file, PDF)
        assert.equal(file.isDiscarded(), true)
      },
    },
    {
      name: 'F53: stores nothing of a file that breaks off',
      async run({ ports }) {
        const files = await markedStore(ports)
        for (const sizeBytes of [1_000, 6 * 2 ** 20]) {
          const file = foreignFile(someBytes(sizeBytes), { sizeBytes: sizeBytes + 1 })
          const [outcome] = await Promise.allSettled([files.put(freshKey(), file, PDF)])
          assert.equal(outcome.status, 'rejected', 'a file that breaks off is stored')
          assert.equal(file.isDiscarded(), false)
        }
        assert.deepEqual(await files.list(null, 10), [])
      },
    },
    {
      name: 'replaces what is under a key as a whole',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = await stored(files, someBytes(5_000))
        await stored(files, someBytes(10), key, 'image/png')
        assertBytes(await bytesUnder(files, key), someBytes(10))
        assert.equal((await files.stat(key))?.sha256, sha256(someBytes(10)))
      },
    },
    {
      name: 'reads a part of a file, from its first byte to its last',
      async run({ ports }) {
        const files = await markedStore(ports)
        const bytes = someBytes(200_000)
        const key = await stored(files, bytes)
        for (const [offset, length] of [
          [0, 1],
          [0, 70_000],
          [65_535, 2],
          [100_000, 99_999],
        ] as const) {
          const part = await bytesUnder(files, key, { offset, length })
          assertBytes(part, bytes.slice(offset, offset + length), `from ${offset} on`)
        }
      },
    },
    {
      name: 'ends a part where the file ends, and gives nothing behind that',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = await stored(files, someBytes(100))
        assertBytes(await bytesUnder(files, key, { offset: 90, length: 100 }), someBytes(100).slice(90))
        assertBytes(await bytesUnder(files, key, { offset: 99, length: 1 }), someBytes(100).slice(99))
        for (const range of [
          { offset: 100, length: 1 },
          { offset: 1_000, length: 1 },
          { offset: 5, length: 0 },
        ]) {
          assert.equal((await bytesUnder(files, key, range))?.length, 0)
        }
      },
    },
    {
      name: 'gives nothing under a key that nobody stored a file under',
      async run({ ports }) {
        const files = await markedStore(ports)
        await stored(files, someBytes(10))
        assert.deepEqual([await files.read(freshKey()), await files.stat(freshKey())], [null, null])
        assert.equal(await files.read(freshKey(), { offset: 5, length: 1 }), null)
      },
    },
    {
      name: 'removes a file for good',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = await stored(files, someBytes(10))
        await files.delete(key)
        assert.deepEqual([await files.read(key), await files.stat(key)], [null, null])
        assert.deepEqual(await files.list(null, 10), [])
      },
    },
    {
      name: 'takes it that a file to be removed is gone',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = await stored(files, someBytes(10))
        await files.delete(key)
        await files.delete(key)
        await files.delete(freshKey())
      },
    },
    {
      name: 'removes no other file',
      async run({ ports }) {
        const files = await markedStore(ports)
        const ownerId = freshId()
        const [one, other] = [freshKey(ownerId), freshKey(ownerId)]
        for (const key of [one, other]) await stored(files, someBytes(10), key)
        await files.delete(one)
        assertBytes(await bytesUnder(files, other), someBytes(10))
      },
    },
    {
      name: 'lists files in the order of their keys',
      async run({ ports }) {
        const files = await markedStore(ports)
        const keys = await storedKeys(ports)
        assert.deepEqual(
          (await files.list(null, 100)).map(({ key }) => key),
          keys,
        )
      },
    },
    {
      name: 'lists the sizes of files',
      async run({ ports }) {
        const files = await markedStore(ports)
        const key = await stored(files, someBytes(4_321))
        assert.deepEqual(await files.list(null, 1), [{ key, sizeBytes: 4_321 }])
      },
    },
    {
      name: 'lists files page by page',
      async run({ ports }) {
        const files = await markedStore(ports)
        const keys = await storedKeys(ports)
        const pages: FileKey[][] = []
        for (let after: FileKey | null = null; pages.length < 4; after = pages.at(-1)?.at(-1) ?? null) {
          pages.push((await files.list(after, 2)).map(({ key }) => key).sort())
        }
        assert.deepEqual(pages, [keys.slice(0, 2), keys.slice(2, 4), keys.slice(4), []])
      },
    },
    {
      name: 'F56: takes nothing in and misses nothing before it is marked',
      async run({ ports: { files } }) {
        assert.equal(await files.storeId(), null)
        const file = foreignFile(someBytes(10))
        for (const attempt of [
          () => files.receive(inPieces(someBytes(10)), 100),
          () => files.put(freshKey(), file, PDF),
          () => files.read(freshKey()),
          () => files.stat(freshKey()),
          () => files.delete(freshKey()),
          () => files.list(null, 10),
          () => files.sweepUnfinished(instant(0)),
        ]) {
          await refusal(attempt(), 'unavailable')
        }
        assert.equal(file.isDiscarded(), false)
        await files.mark(freshId())
        assert.deepEqual(await files.list(null, 10), [])
      },
    },
    {
      name: 'keeps the id that it was marked with first',
      async run({ ports: { files } }) {
        const id = freshId()
        assert.equal(await files.mark(id), id)
        assert.equal(await files.mark(freshId()), id)
        assert.equal(await files.storeId(), id)
      },
    },
    {
      name: 'F59: refuses whatever is no key, and touches nothing',
      async run({ ports }) {
        const files = await markedStore(ports)
        for (const key of noKeys) {
          const file = foreignFile(someBytes(10))
          for (const attempt of [
            () => files.put(key, file, PDF),
            () => files.read(key),
            () => files.stat(key),
            () => files.delete(key),
          ]) {
            await assert.rejects(attempt, RangeError, JSON.stringify(key))
          }
          assert.equal(file.isDiscarded(), false)
        }
        assert.deepEqual(await files.list(null, 10), [])
      },
    },
  ],
}

/** Five files of three owners; their keys in order. */
async function storedKeys(ports: FilePorts): Promise<FileKey[]> {
  const [one, other] = [freshId(), freshId()]
  const keys = [freshKey(other), freshKey(one), freshKey(), freshKey(other), freshKey(one)]
  for (const key of keys) await stored(ports.files, someBytes(10), key)
  return keys.sort()
}
