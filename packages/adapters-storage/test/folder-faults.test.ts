import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { FileStore, ReceivedFile } from '@daftari/application'
import { type FileKey, instant } from '@daftari/domain'
import { freshId } from '@daftari/testing'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { createFolderFileStore } from '../src/index.ts'
import {
  bytesUnder,
  filesBelow,
  HOUR_MS,
  inPieces,
  joined,
  PDF,
  received,
  refusalOf,
  someBytes,
  stored,
} from './support/files.ts'
import { freshKey } from './support/fresh-key.ts'
import { runProgram } from './support/run-program.ts'
import { scratchFolder } from './support/scratch-folder.ts'

interface Opened {
  readonly folder: string
  readonly files: FileStore
}

function newFolder(): string {
  const { folder, remove } = scratchFolder()
  onTestFinished(remove)
  return join(folder, 'store')
}

async function openFolder(): Promise<Opened> {
  const folder = newFolder()
  const files = createFolderFileStore({ folder })
  await files.mark(freshId())
  return { folder, files }
}

const pathOf = ({ folder }: Opened, key: FileKey): string => join(folder, 'files', key)

describe('a folder', () => {
  it('is read by its owner alone', async () => {
    const opened = await openFolder()
    const path = pathOf(opened, await stored(opened.files, someBytes(10), freshKey()))
    const mode = (name: string): number => statSync(name).mode & 0o777
    expect([mode(path), mode(`${path}.meta`), mode(dirname(path)), mode(opened.folder)]).toEqual([
      0o600, 0o600, 0o700, 0o700,
    ])
  })

  it('is found again by another process', async () => {
    const { folder, files } = await openFolder()
    const key = await stored(files, someBytes(10), freshKey())
    const again = createFolderFileStore({ folder })
    expect(await again.storeId()).toBe(await files.storeId())
    expect(await bytesUnder(again, key)).toEqual(someBytes(10))
  })

  it('refuses what is no part of a file and no id of a store', async () => {
    const { files } = await openFolder()
    for (const range of [
      { offset: -1, length: 1 },
      { offset: 0, length: -1 },
      { offset: 0.5, length: 1 },
      { offset: 0, length: Number.NaN },
    ]) {
      await expect(files.read(freshKey(), range)).rejects.toThrow(RangeError)
    }
    await expect(files.mark('../..')).rejects.toThrow(RangeError)
  })

  it('keeps one id when several mark it at once', async () => {
    const folder = newFolder()
    const stores = Array.from({ length: 8 }, () => createFolderFileStore({ folder }))
    const ids = await Promise.all(stores.map((files) => files.mark(freshId())))
    expect(new Set(ids).size).toBe(1)
    expect(readdirSync(join(folder, 'receiving'))).toEqual([])
  })

  it('passes over what lies there under a name that is no key', async () => {
    const opened = await openFolder()
    const key = await stored(opened.files, someBytes(10), freshKey())
    for (const name of ['notes.txt', `${key}.bak`, `${dirname(key)}/CON`, `${dirname(key)}/${freshId()}x`]) {
      writeFileSync(join(opened.folder, 'files', name), 'x')
    }
    mkdirSync(join(opened.folder, 'files', 'lost+found', '2026', '11'), { recursive: true })
    expect((await opened.files.list(null, 100)).map((file) => file.key)).toEqual([key])
  })

  it('F57: tells no hash where the side-car is damaged or gone, and gives the bytes', async () => {
    const opened = await openFolder()
    const key = await stored(opened.files, someBytes(10), freshKey())
    const unknown = { sizeBytes: 10, sha256: null, contentType: null }
    for (const damage of ['{"sha256":', '7', '{"sha256":7}']) {
      writeFileSync(`${pathOf(opened, key)}.meta`, damage)
      expect(await opened.files.stat(key)).toEqual(unknown)
    }
    unlinkSync(`${pathOf(opened, key)}.meta`)
    expect(await opened.files.stat(key)).toEqual(unknown)
    expect(await bytesUnder(opened.files, key)).toEqual(someBytes(10))
  })

  it('F57: stores nothing whose bytes do not have the hash that was said', async () => {
    const { folder, files } = await openFolder()
    const before = filesBelow(folder)
    const altered: ReceivedFile = {
      sizeBytes: 10,
      sha256: '0'.repeat(64),
      head: someBytes(10),
      read: () => inPieces(someBytes(10)),
      discard: async () => undefined,
    }
    await expect(files.put(freshKey(), altered, PDF)).rejects.toThrow('the hash that was said')
    expect(filesBelow(folder)).toEqual(before)
  })

  it('F57: throws where the file is cut while it is read, and does not end as if it were whole', async () => {
    const opened = await openFolder()
    const key = await stored(opened.files, someBytes(200_000), freshKey())
    const pieces = await opened.files.read(key)
    writeFileSync(pathOf(opened, key), 'x')
    expect((await refusalOf(joined(pieces ?? inPieces(Buffer.of())))).message).toContain('too early')
  })

  it('leaves no file open: neither for a reader who stops, nor for one who never begins', async () => {
    const { files } = await openFolder()
    const key = await stored(files, someBytes(200_000), freshKey())
    const open = (): number => readdirSync('/proc/self/fd').length
    const before = open()
    for (let round = 0; round < 5; round += 1) {
      for await (const _ of (await files.read(key)) ?? []) break
      await files.read(key)
    }
    expect(open()).toBe(before)
  })
})

describe('F53: what was received', () => {
  it('leaves nothing when it is too large, fails, or is discarded', async () => {
    const { folder, files } = await openFolder()
    const empty = filesBelow(folder)
    await files.receive(inPieces(someBytes(100_000)), 99_999)
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield someBytes(10)
      throw new Error('gone')
    }
    await refusalOf(files.receive(failing(), 100))
    await (await received(files, someBytes(10))).discard()
    expect(filesBelow(folder)).toEqual(empty)
  })

  it('is swept when a process died with it, and only then', async () => {
    const { folder, files } = await openFolder()
    const file = await received(files, someBytes(10))
    const leftover = join(folder, 'receiving', freshId())
    writeFileSync(leftover, 'x')
    const old = new Date(Date.now() - 2 * HOUR_MS)
    for (const name of readdirSync(join(folder, 'receiving')))
      utimesSync(join(folder, 'receiving', name), old, old)
    const recent = join(folder, 'receiving', freshId())
    writeFileSync(recent, 'x')
    expect(await files.sweepUnfinished(instant(Date.now() - HOUR_MS))).toBe(1)
    expect(readdirSync(join(folder, 'receiving'))).toHaveLength(2)
    expect(await bytesUnder(files, await putAway(files, file))).toEqual(someBytes(10))
  })
})

async function putAway(files: FileStore, file: Parameters<FileStore['put']>[1]): Promise<FileKey> {
  const key = freshKey()
  await files.put(key, file, PDF)
  return key
}

describe('F56: a mount that vanished', () => {
  it('is neither written to nor taken for a store without files', async () => {
    const { folder, files } = await openFolder()
    const key = await stored(files, someBytes(10), freshKey())
    const file = await received(files, someBytes(10))
    renameSync(folder, `${folder}-unmounted`)
    mkdirSync(folder)
    for (const attempt of [
      () => files.put(freshKey(), file, PDF),
      () => files.receive(inPieces(someBytes(10)), 100),
      () => files.read(key),
      () => files.stat(key),
      () => files.delete(key),
      () => files.list(null, 10),
      () => files.sweepUnfinished(instant(0)),
    ]) {
      expect(await refusalOf(attempt())).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('not mounted'),
      })
    }
    expect(readdirSync(folder)).toEqual([])
    renameSync(folder, `${folder}-empty`)
    renameSync(`${folder}-unmounted`, folder)
    expect(await bytesUnder(files, key)).toEqual(someBytes(10))
    await files.put(freshKey(), file, PDF)
  })

  it('is no store when its mark says nothing', async () => {
    const { folder, files } = await openFolder()
    for (const mark of ['', 'siri', '../..']) {
      writeFileSync(join(folder, '.daftari-store'), mark)
      expect(await files.storeId()).toBeNull()
      expect((await refusalOf(files.list(null, 10))).code).toBe('unavailable')
    }
  })
})

describe('F59: a symbolic link in the store', () => {
  it('is not read through, wherever on the way it lies', async () => {
    const opened = await openFolder()
    const { folder, files } = opened
    const key = await stored(files, someBytes(10), freshKey())
    const path = pathOf(opened, key)
    const secret = join(folder, 'secret')
    writeFileSync(secret, 'siri')
    for (const replaced of [
      path,
      dirname(path),
      dirname(dirname(path)),
      join(folder, 'files', key.slice(0, 36)),
    ]) {
      renameSync(replaced, `${folder}-real`)
      symlinkSync(replaced === path ? secret : `${folder}-real`, replaced)
      const file = await received(files, someBytes(5))
      for (const attempt of [() => files.stat(key), () => files.read(key), () => files.put(key, file, PDF)]) {
        expect((await refusalOf(attempt())).code).toBeNull()
      }
      await file.discard()
      unlinkSync(replaced)
      renameSync(`${folder}-real`, replaced)
      expect(await bytesUnder(files, key)).toEqual(someBytes(10))
    }
    expect(readFileSync(secret, 'utf8')).toBe('siri')
  })

  it('is not listed', async () => {
    const opened = await openFolder()
    const key = await stored(opened.files, someBytes(10), freshKey())
    symlinkSync(dirname(dirname(dirname(pathOf(opened, key)))), join(opened.folder, 'files', freshId()))
    symlinkSync(pathOf(opened, key), join(dirname(pathOf(opened, key)), freshId()))
    expect((await opened.files.list(null, 10)).map((file) => file.key)).toEqual([key])
  })
})

describe('F52: a full disk', () => {
  it('refuses with storage_full, leaves nothing, and loses nothing', async (test) => {
    const disk = newFolder()
    skipUnless(test, canMount(disk), 'cannot mount a small file system in a namespace of its own')
    const { lines } = await runProgram('full-disk.ts', [join(disk, 'store')], onDisk(disk))
    expect(lines).toEqual([
      'received: storage_full',
      'nothing left: true',
      'stored: storage_full',
      'nothing left: true',
      'still there: true',
      'room again: true',
    ])
  })
})

describe('F52: a disk that fails', () => {
  it('at any step of storing refuses, leaves nothing, and the received bytes can be stored later', async () => {
    const { lines } = await runProgram('failing-disk.ts', [newFolder()])
    const failed = lines.slice(0, -1)
    expect([...new Set(failed)]).toEqual(['unavailable, nothing left: true, stored after all: true'])
    expect(failed.length).toBeGreaterThan(10)
    expect(lines.at(-1)).toBe('in the end: true')
  })
})

/** A mount namespace of its own, where the folder is a disk of 1 MiB that goes with it. */
function onDisk(folder: string): readonly string[] {
  const script = 'mkdir -p "$1" && mount -t tmpfs -o size=1m,mode=755 tmpfs "$1" && shift && exec "$@"'
  return ['unshare', '-m', 'sh', '-c', script, 'sh', folder]
}

function canMount(folder: string): boolean {
  const [command = '', ...args] = [...onDisk(folder), 'true']
  return spawnSync(command, args).status === 0
}

function skipUnless(test: TestContext, condition: boolean, reason: string): void {
  if (condition) return
  console.warn(`SKIPPED: ${test.task.name}: ${reason}`)
  test.skip(reason)
}

describe('F54: kill -9 between each two steps', { timeout: 120_000 }, () => {
  const AT_ONCE = 4

  async function killedBefore(step: number): Promise<boolean> {
    const folder = newFolder()
    const key = freshKey()
    const { signal, lines } = await runProgram('kill-folder.ts', [folder, key, freshId(), String(step)])
    const files = createFolderFileStore({ folder })
    await files.mark(freshId())
    const bytes = await bytesUnder(files, key)
    const known = await files.stat(key)
    const label = `killed before step ${step}, after ${lines.join(', ')}`
    expect([null, 100_000], label).toContain(bytes?.length ?? null)
    if (bytes !== null)
      expect([bytes.equals(someBytes(100_000)), known?.contentType], label).toEqual([true, PDF])
    if (lines.at(-1) === 'marked') expect(await files.storeId()).not.toBeNull()
    if (lines.at(-1) === 'deleted') expect(bytes, label).toBeNull()

    await files.sweepUnfinished(instant(Date.now() + HOUR_MS))
    for (const listed of await files.list(null, 10)) await files.delete(listed.key)
    expect(filesBelow(folder), label).toEqual(['.daftari-store'])
    expect(await bytesUnder(files, await stored(files, someBytes(10), key)), label).toEqual(someBytes(10))
    return signal === 'SIGKILL'
  }

  it('leaves a file whole or not at all, and nothing that is not swept', async () => {
    let steps = 0
    for (let isKilled = true; isKilled; ) {
      const next = Array.from({ length: AT_ONCE }, (_, index) => steps + index + 1)
      const killed = await Promise.all(next.map(killedBefore))
      isKilled = !killed.includes(false)
      steps += killed.filter(Boolean).length
    }
    console.log(`killed before each of ${steps} steps`)
    expect(steps).toBeGreaterThan(20)
  })
})
