import type { FileStore, ReceivedFile } from '@daftari/application'
import { DomainError, instant } from '@daftari/domain'
import { freshId, memoryFileStore } from '@daftari/testing'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import {
  createFolderFileStore,
  createS3FileStore,
  type FallbackReason,
  fallbackFileStore,
} from '../src/index.ts'
import { bytesUnder, inPieces, joined, PDF, received, refusalOf, someBytes } from './support/files.ts'
import { freshKey } from './support/fresh-key.ts'
import { blackHole } from './support/local-servers.ts'
import { type ManualTimer, manualTimer } from './support/manual-timer.ts'
import { scratchFolder } from './support/scratch-folder.ts'

const COOL_DOWN_MS = 30_000
const SECRET = 'siri-ya-duka'

/** What a store does instead of its work, and how often it was asked. */
class Outage {
  asked = 0
  behave: (() => Promise<never>) | null = null

  begin(code: 'unavailable' | 'storage_full' = 'unavailable'): void {
    this.behave = async () => {
      throw new DomainError(code, {}, { message: `the store of ${SECRET} is out` })
    }
  }

  beginSilence(): void {
    this.behave = () => new Promise<never>(() => undefined)
  }

  end(): void {
    this.behave = null
  }

  around(files: FileStore): FileStore {
    const or = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
      this.asked += 1
      return this.behave?.() ?? work()
    }
    return {
      ...files,
      storeId: () => this.behave?.() ?? files.storeId(),
      receive: (pieces, limitBytes) => files.receive(pieces, limitBytes),
      put: (key, file, type) => or(() => files.put(key, file, type)),
      read: (key, range) => or(() => files.read(key, range)),
      stat: (key) => or(() => files.stat(key)),
      delete: (key) => or(() => files.delete(key)),
      list: (after, limit) => or(() => files.list(after, limit)),
      sweepUnfinished: (before) => or(() => files.sweepUnfinished(before)),
    }
  }
}

interface Opened {
  readonly files: FileStore
  readonly first: FileStore
  readonly second: FileStore
  readonly firstId: string
  readonly secondId: string
  readonly firstOutage: Outage
  readonly secondOutage: Outage
  readonly reasons: FallbackReason[]
  readonly timer: ManualTimer
}

async function openTwo(): Promise<Opened> {
  const [first, second] = [memoryFileStore(), memoryFileStore()]
  const [firstOutage, secondOutage] = [new Outage(), new Outage()]
  const [firstId, secondId] = [freshId(), freshId()]
  const reasons: FallbackReason[] = []
  const timer = manualTimer()
  const files = fallbackFileStore(firstOutage.around(first), secondOutage.around(second), {
    timer,
    ids: { next: <Id extends string>() => secondId as Id },
    onFallback: (reason) => reasons.push(reason),
  })
  await files.mark(firstId)
  return { files, first, second, firstId, secondId, firstOutage, secondOutage, reasons, timer }
}

/** Stores ten bytes under a new key. */
async function putOne({ files }: Opened): Promise<{ key: ReturnType<typeof freshKey>; storeId: string }> {
  const key = freshKey()
  return { key, storeId: await files.put(key, await received(files, someBytes(10)), PDF) }
}

async function openBreaker(opened: Opened): Promise<void> {
  opened.firstOutage.begin()
  for (let failure = 0; failure < 5; failure += 1) await putOne(opened)
}

describe('F50: a first store that is out', () => {
  it.each(['unavailable', 'storage_full'] as const)(
    'as %s leaves the file to the second, and says so',
    async (code) => {
      const opened = await openTwo()
      opened.firstOutage.begin(code)
      const { key, storeId } = await putOne(opened)
      expect([storeId, opened.reasons]).toEqual([opened.secondId, [code]])
      expect(await bytesUnder(opened.second, key)).toEqual(someBytes(10))
      expect(await opened.first.stat(key)).toBeNull()
      expect(await opened.files.stat(key, storeId)).toMatchObject({ sizeBytes: 10 })
    },
  )

  it('has its files read from where their rows say, without being asked', async () => {
    const opened = await openTwo()
    opened.firstOutage.begin()
    const { key, storeId } = await putOne(opened)
    const { asked } = opened.firstOutage
    expect(await joined((await opened.files.read(key, undefined, storeId)) ?? inPieces(Buffer.of()))).toEqual(
      someBytes(10),
    )
    expect(opened.firstOutage.asked).toBe(asked)
  })

  it('refuses what only it could know, and nothing is taken for missing', async () => {
    const opened = await openTwo()
    const { key, storeId } = await putOne(opened)
    opened.firstOutage.begin()
    const { files } = opened
    for (const attempt of [
      () => files.read(key, undefined, storeId),
      () => files.stat(key, storeId),
      () => files.stat(key),
      () => files.delete(key, storeId),
      () => files.list(null, 10),
      () => files.sweepUnfinished(instant(0)),
    ]) {
      expect((await refusalOf(attempt())).code).toBe('unavailable')
    }
  })

  it('has a row that names it found in the second, where the file was moved meanwhile', async () => {
    const opened = await openTwo()
    const key = freshKey()
    await opened.second.put(key, await received(opened.second, someBytes(10)), PDF)
    expect(await opened.files.stat(key, opened.firstId)).not.toBeNull()
    opened.firstOutage.begin()
    expect(await opened.files.stat(key, opened.firstId)).not.toBeNull()
  })

  it('before it could say its id, leaves receiving to the second, and is not waited for again', async () => {
    const { folder, remove } = scratchFolder()
    onTestFinished(remove)
    const second = createFolderFileStore({ folder })
    const secondId = await second.mark(freshId())
    const reasons: FallbackReason[] = []
    const first = createS3FileStore({
      ...{ endPoint: '127.0.0.1', port: 1, useTls: false, accessKey: 'key', secretKey: SECRET },
      ...{ bucket: 'books', spoolFolder: folder },
    })
    onTestFinished(() => first.close())
    const files = fallbackFileStore(first, second, { onFallback: (reason) => reasons.push(reason) })
    const key = freshKey()
    expect(await files.put(key, await received(files, someBytes(100_000)), PDF)).toBe(secondId)
    expect(reasons).toEqual(['unavailable'])
    expect(await bytesUnder(second, key)).toEqual(someBytes(100_000))
  })
})

describe('F58: a first store that never answers', () => {
  it('is given up after 5 seconds', async () => {
    const opened = await openTwo()
    opened.firstOutage.beginSilence()
    let storeId: string | null = null
    const putting = putOne(opened).then((put) => {
      storeId = put.storeId
    })
    await opened.timer.pass(4_999)
    expect(storeId).toBeNull()
    await opened.timer.pass(1)
    await putting
    expect([storeId, opened.reasons]).toEqual([opened.secondId, ['no_answer']])
  })

  it('gets no more of the file once it was given up, and cannot discard it', async () => {
    const opened = await openTwo()
    const { promise: late, resolve: goOn } = Promise.withResolvers<void>()
    let outcome: Promise<unknown> = Promise.resolve()
    const slow: FileStore = {
      ...opened.first,
      put(key, file, type) {
        outcome = late.then(async () => {
          await file.discard()
          return opened.first.put(key, file, type)
        })
        return outcome as Promise<string>
      },
    }
    const { timer } = opened
    const files = fallbackFileStore(slow, opened.second, { timer })
    const [key, file] = [freshKey(), await received(files, someBytes(10))]
    const putting = files.put(key, file, PDF)
    await timer.pass(5_000)
    expect(await putting).toBe(opened.secondId)
    goOn()
    expect((await refusalOf(outcome)).message).toContain('stored elsewhere')
    expect(await opened.first.stat(key)).toBeNull()
    expect(await bytesUnder(opened.second, key)).toEqual(someBytes(10))
  })

  it('is not given up while it asks for more', async () => {
    const opened = await openTwo()
    const { timer } = opened
    const slow: FileStore = {
      ...opened.first,
      async put(_key, file) {
        for await (const _ of file.read()) await timer.pass(4_000)
        return opened.firstId
      },
    }
    const files = fallbackFileStore(slow, opened.second, { timer })
    const file: ReceivedFile = {
      ...{ sizeBytes: 30, sha256: '', head: someBytes(10), discard: async () => undefined },
      async *read() {
        for (let piece = 0; piece < 3; piece += 1) yield someBytes(10)
      },
    }
    expect(await files.put(freshKey(), file, PDF)).toBe(opened.firstId)
  })

  it('on the network is given up as well', async () => {
    const { folder, remove } = scratchFolder()
    onTestFinished(remove)
    const second = createFolderFileStore({ folder })
    const secondId = await second.mark(freshId())
    const first = createS3FileStore({
      ...{
        endPoint: '127.0.0.1',
        port: await blackHole(),
        useTls: false,
        accessKey: 'key',
        secretKey: SECRET,
      },
      ...{ bucket: 'books', spoolFolder: folder },
    })
    onTestFinished(() => first.close())
    const files = fallbackFileStore(first, second, { answerMs: 100 })
    expect(await files.put(freshKey(), await received(files, someBytes(10)), PDF)).toBe(secondId)
  })

  it('does not keep a sender from taking longer', async () => {
    const opened = await openTwo()
    async function* slowly(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 3; piece += 1) {
        await opened.timer.pass(10_000)
        yield someBytes(10)
      }
    }
    expect((await opened.files.receive(slowly(), 100))?.sizeBytes).toBe(30)
  })
})

describe('F58: the breaker', () => {
  it('opens after 5 failures in a row, and the store is not asked any more', async () => {
    const opened = await openTwo()
    await openBreaker(opened)
    expect(opened.firstOutage.asked).toBe(5)
    expect((await putOne(opened)).storeId).toBe(opened.secondId)
    expect(opened.firstOutage.asked).toBe(5)
    expect(opened.reasons.at(-1)).toBe('breaker_open')
    expect((await refusalOf(opened.files.list(null, 10))).code).toBe('unavailable')
    expect(opened.firstOutage.asked).toBe(5)
  })

  it('counts failures in a row only', async () => {
    const opened = await openTwo()
    for (let round = 0; round < 3; round += 1) {
      opened.firstOutage.begin()
      for (let failure = 0; failure < 4; failure += 1) await putOne(opened)
      opened.firstOutage.end()
      expect((await putOne(opened)).storeId).toBe(opened.firstId)
    }
  })

  it('stays closed while a store is full, which can still be read', async () => {
    const opened = await openTwo()
    const { key, storeId } = await putOne(opened)
    opened.firstOutage.begin('storage_full')
    for (let refused = 0; refused < 6; refused += 1) await putOne(opened)
    opened.firstOutage.end()
    expect(await opened.files.stat(key, storeId)).not.toBeNull()
  })

  it('lets one request through after the cool-down, and closes when that is answered', async () => {
    const opened = await openTwo()
    await openBreaker(opened)
    await opened.timer.pass(COOL_DOWN_MS - 1)
    await putOne(opened)
    expect(opened.firstOutage.asked).toBe(5)
    await opened.timer.pass(1)
    opened.firstOutage.beginSilence()
    const probe = putOne(opened)
    await opened.timer.pass(0)
    const others = [await putOne(opened), await putOne(opened)]
    expect(others.map(({ storeId }) => storeId)).toEqual([opened.secondId, opened.secondId])
    expect(opened.firstOutage.asked).toBe(6)
    await opened.timer.pass(5_000)
    expect((await probe).storeId).toBe(opened.secondId)

    opened.firstOutage.end()
    expect((await putOne(opened)).storeId).toBe(opened.secondId)
    await opened.timer.pass(COOL_DOWN_MS)
    expect((await putOne(opened)).storeId).toBe(opened.firstId)
    expect((await putOne(opened)).storeId).toBe(opened.firstId)
  })

  it('passes the probe on when that ended for another reason', async () => {
    const opened = await openTwo()
    await openBreaker(opened)
    await opened.timer.pass(COOL_DOWN_MS)
    opened.firstOutage.end()
    const broken: ReceivedFile = {
      ...{ sizeBytes: 10, sha256: '', head: someBytes(10), discard: async () => undefined },
      read: () => inPieces(someBytes(9)),
    }
    expect((await refusalOf(opened.files.put(freshKey(), broken, PDF))).code).toBeNull()
    expect((await putOne(opened)).storeId).toBe(opened.firstId)
  })

  it('is one for each store', async () => {
    const opened = await openTwo()
    await openBreaker(opened)
    opened.secondOutage.begin()
    for (let failure = 0; failure < 5; failure += 1) await putOne(opened).catch(() => undefined)
    const { asked } = opened.secondOutage
    expect((await refusalOf(putOne(opened))).code).toBe('unavailable')
    expect(opened.secondOutage.asked).toBe(asked)
    await opened.timer.pass(COOL_DOWN_MS)
    opened.firstOutage.end()
    expect((await putOne(opened)).storeId).toBe(opened.firstId)
  })
})

describe('F52: two stores that are out', () => {
  it.each(['unavailable', 'storage_full'] as const)(
    'refuse as the second does: %s, and the bytes stay',
    async (code) => {
      const opened = await openTwo()
      opened.firstOutage.begin()
      opened.secondOutage.begin(code)
      const file = await received(opened.files, someBytes(10))
      const refusal = await refusalOf(opened.files.put(freshKey(), file, PDF))
      expect(refusal).toMatchObject({ code, cause: { errors: [{ code: 'unavailable' }, { code }] } })
      expect(refusal.message).not.toContain(SECRET)
      expect(await joined(file.read())).toEqual(someBytes(10))
      expect(opened.reasons).toEqual([])
    },
  )
})

test('F51: a file that both stores have is one file, and goes from both', async () => {
  const { files, first, second } = await openTwo()
  const keys = [freshKey(), freshKey(), freshKey()].sort()
  for (const [index, key] of keys.entries()) {
    if (index < 2) await first.put(key, await received(first, someBytes(10)), PDF)
    if (index > 0) await second.put(key, await received(second, someBytes(10)), PDF)
  }
  expect((await files.list(null, 10)).map(({ key }) => key)).toEqual(keys)
  expect((await files.list(keys[0] ?? null, 1)).map(({ key }) => key)).toEqual(keys.slice(1, 2))
  for (const key of keys) await files.delete(key)
  expect([await first.list(null, 10), await second.list(null, 10)]).toEqual([[], []])
})

test('a file is removed where its row says, and only there', async () => {
  const { files, first, second, secondId } = await openTwo()
  const key = freshKey()
  for (const store of [first, second]) await store.put(key, await received(store, someBytes(10)), PDF)
  await files.delete(key, secondId)
  expect([await first.stat(key), await second.stat(key)]).toEqual([expect.anything(), null])
})

test('two places that are one store are refused', async () => {
  const files = memoryFileStore()
  expect(await refusalOf(fallbackFileStore(files, files).mark(freshId()))).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('Both file stores have the id'),
  })
})
