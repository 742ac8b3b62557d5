import type { FileStore, ReceivedFile } from '@daftari/application'
import { type FileKey, parseFileKey } from '@daftari/domain'
import { overlay, type Saboteur, type Saboteurs } from '../kernel/sabotage/overlay.ts'
import { type FilePorts, foreignFile, freshKey, inPieces, joined, LIMIT_BYTES } from './file-steps.ts'

function storing(change: (files: FileStore) => Partial<FileStore>): Saboteur<FilePorts> {
  return (ports) => overlay(ports, { files: overlay(ports.files, change(ports.files)) })
}

/** Changes each file that the store itself received. */
function receiving(
  change: (file: ReceivedFile, files: FileStore) => Partial<ReceivedFile>,
): Saboteur<FilePorts> {
  return storing((files) => ({
    async receive(pieces, limitBytes) {
      const file = await files.receive(pieces, limitBytes)
      return file === null ? null : overlay(file, change(file, files))
    },
  }))
}

/** Notes the files that the store itself received. */
function knowing(
  change: (files: FileStore, isOwn: (file: ReceivedFile) => boolean) => Partial<FileStore>,
): Saboteur<FilePorts> {
  return storing((files) => {
    const own = new WeakSet<ReceivedFile>()
    return {
      async receive(pieces, limitBytes) {
        const file = await files.receive(pieces, limitBytes)
        if (file !== null) own.add(file)
        return file
      },
      ...change(files, (file) => own.has(file)),
    }
  })
}

async function* altered(
  pieces: AsyncIterable<Uint8Array>,
  alter: (bytes: Uint8Array) => Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield alter(await joined(pieces))
}

const receivingSaboteurs: Saboteurs<FilePorts> = {
  'tells size, hash and beginning of a file, however it is cut': receiving(({ head }) => ({
    head: head.slice(0, 4_095),
  })),

  'receives a file without bytes': storing((files) => ({
    async receive(pieces, limitBytes) {
      const file = await files.receive(pieces, limitBytes)
      return file?.sizeBytes === 0 && limitBytes < LIMIT_BYTES ? null : file
    },
  })),

  'F63: receives a file of as many bytes as the limit': storing((files) => ({
    receive: (pieces, limitBytes) => files.receive(pieces, limitBytes - 1),
  })),

  'F63: receives no file of one byte more than the limit': storing((files) => ({
    receive: (pieces, limitBytes) => files.receive(pieces, limitBytes + 1),
  })),

  'F63: asks for no more of a file once it is too large': storing((files) => ({
    receive: async (pieces, limitBytes) => files.receive(inPieces(await joined(pieces)), limitBytes),
  })),

  'F53: throws what the sender throws, as it is': storing((files) => ({
    receive: (pieces, limitBytes) =>
      files.receive(pieces, limitBytes).catch((cause: unknown) => {
        if (cause instanceof Error && cause.message.includes('gone')) throw new Error('stopped', { cause })
        throw cause
      }),
  })),

  'gives what it received as often as it is asked for': receiving((file) => {
    let isRead = false
    return {
      read() {
        if (isRead) return inPieces(new Uint8Array())
        isRead = true
        return file.read()
      },
    }
  }),

  'lists nothing that was received and not stored': storing((files) => {
    const pending = new Map<ReceivedFile, FileKey>()
    return {
      async receive(pieces, limitBytes) {
        const file = await files.receive(pieces, limitBytes)
        if (file !== null) pending.set(file, freshKey())
        return file
      },
      async put(key, file, contentType) {
        pending.delete(file)
        return files.put(key, file, contentType)
      },
      async list(after, limit) {
        const listed = await files.list(after, limit)
        return [...listed, ...[...pending].map(([{ sizeBytes }, key]) => ({ key, sizeBytes }))]
      },
    }
  }),

  'lets a received file be discarded twice, and after it was stored': receiving((file) => {
    let isDiscarded = false
    return {
      async discard() {
        if (isDiscarded) throw new Error('there is nothing left to discard')
        isDiscarded = true
        await file.discard()
      },
    }
  }),

  'F53: sweeps nothing away that is being received': storing((files) => {
    const pending: ReceivedFile[] = []
    return {
      async receive(pieces, limitBytes) {
        const file = await files.receive(pieces, limitBytes)
        if (file !== null) pending.push(file)
        return file
      },
      async sweepUnfinished(before) {
        const count = await files.sweepUnfinished(before)
        for (const file of pending) await file.discard()
        return count
      },
    }
  }),
}

const bytesSaboteurs: Saboteurs<FilePorts> = {
  'keeps the bytes of small and large files': storing((files) => ({
    async read(key, range) {
      const pieces = await files.read(key, range)
      if (pieces === null || ((await files.stat(key))?.sizeBytes ?? 0) < 5 * 2 ** 20) return pieces
      return altered(pieces, (bytes) => bytes.fill(0, -1))
    },
  })),

  'keeps a file without bytes': storing((files) => ({
    async stat(key) {
      const known = await files.stat(key)
      return known?.sizeBytes === 0 ? null : known
    },
  })),

  'knows size, hash and type of a file': storing((files) => ({
    async stat(key) {
      const known = await files.stat(key)
      return known === null ? null : { ...known, contentType: 'application/octet-stream' }
    },
  })),

  'says in which store a file is': storing((files) => ({
    async put(key, file, contentType) {
      await files.put(key, file, contentType)
      return key
    },
  })),

  'F50: stores what another store received': knowing((files, isOwn) => ({
    async put(key, file, contentType) {
      if (isOwn(file) || file.sizeBytes !== 100_000) return files.put(key, file, contentType)
      const half = foreignFile((await joined(file.read())).slice(50_000))
      return files.put(key, half, contentType)
    },
  })),

  'gives up the received bytes once they are stored': knowing((files, isOwn) => ({
    put: (key, file, contentType) =>
      files.put(key, isOwn(file) ? file : { ...file, discard: async () => undefined }, contentType),
  })),

  'F53: stores nothing of a file that breaks off': knowing((files, isOwn) => ({
    async put(key, file, contentType) {
      if (isOwn(file) || parseFileKey(key) === null) return files.put(key, file, contentType)
      const bytes = await joined(file.read())
      if (bytes.length === file.sizeBytes) return files.put(key, file, contentType)
      return files.put(key, { ...file, sizeBytes: bytes.length }, contentType)
    },
  })),

  'replaces what is under a key as a whole': storing((files) => ({
    async put(key, file, contentType) {
      const there =
        parseFileKey(key) === null || (await files.storeId()) === null ? null : await files.read(key)
      if (there === null) return files.put(key, file, contentType)
      const [before, now] = [await joined(there), await joined(file.read())]
      before.set(now)
      await file.discard()
      return files.put(key, foreignFile(before), contentType)
    },
  })),

  'reads a part of a file, from its first byte to its last': storing((files) => ({
    async read(key, range) {
      const { sizeBytes } = (await files.stat(key)) ?? { sizeBytes: 0 }
      const isWithin = range !== undefined && range.length > 0 && range.offset + range.length < sizeBytes
      return files.read(key, isWithin ? { ...range, length: range.length - 1 } : range)
    },
  })),

  'ends a part where the file ends, and gives nothing behind that': storing((files) => ({
    async read(key, range) {
      const sizeBytes = (await files.stat(key))?.sizeBytes ?? Number.POSITIVE_INFINITY
      if (range !== undefined && range.offset + range.length > sizeBytes)
        throw new RangeError('out of bounds')
      return files.read(key, range)
    },
  })),

  'gives nothing under a key that nobody stored a file under': storing((files) => {
    const used = new Set<FileKey>()
    return {
      async put(key, file, contentType) {
        used.add(key)
        return files.put(key, file, contentType)
      },
      async read(key, range) {
        const pieces = await files.read(key, range)
        return pieces === null && !used.has(key) ? inPieces(new Uint8Array()) : pieces
      },
    }
  }),
}

const keepingSaboteurs: Saboteurs<FilePorts> = {
  'removes a file for good': storing((files) => ({
    async delete(key) {
      await files.stat(key)
    },
  })),

  'takes it that a file to be removed is gone': storing((files) => ({
    async delete(key) {
      if ((await files.stat(key)) === null) throw new Error('there is no such file')
      await files.delete(key)
    },
  })),

  'removes no other file': storing((files) => ({
    async delete(key) {
      await files.delete(key)
      const folder = key.slice(0, key.lastIndexOf('/'))
      const listed = await files.list(null, 100)
      for (const other of listed) if (other.key.startsWith(folder)) await files.delete(other.key)
    },
  })),

  'lists files in the order of their keys': storing((files) => ({
    list: async (after, limit) => (await files.list(after, limit)).toReversed(),
  })),

  'lists the sizes of files': storing((files) => ({
    list: async (after, limit) => (await files.list(after, limit)).map(({ key }) => ({ key, sizeBytes: 0 })),
  })),

  'lists files page by page': storing((files) => ({
    async list(after, limit) {
      const listed = await files.list(null, 100)
      return listed.filter(({ key }) => after === null || key >= after).slice(0, limit)
    },
  })),

  'F56: takes nothing in and misses nothing before it is marked': storing((files) => ({
    async stat(key) {
      return parseFileKey(key) !== null && (await files.storeId()) === null ? null : files.stat(key)
    },
  })),

  'keeps the id that it was marked with first': storing((files) => {
    let last: string | null = null
    return {
      async mark(id) {
        await files.mark(id)
        last = id
        return id
      },
      storeId: async () => last,
    }
  }),

  'F59: refuses whatever is no key, and touches nothing': storing((files) => ({
    stat: async (key) => (parseFileKey(key) === null ? null : files.stat(key)),
  })),
}

/** For every case of the contracts of a file store a way to break it so that exactly this case fails. */
export const fileStoreSaboteurs: Saboteurs<FilePorts> = {
  ...receivingSaboteurs,
  ...bytesSaboteurs,
  ...keepingSaboteurs,
}
