import { setTimeout as sleep } from 'node:timers/promises'
import type { FileStore } from '@daftari/application'
import { type AttachmentId, fileKey } from '@daftari/domain'
import { risingIds, systemClock } from '@daftari/machine'
import { reasonOf } from '../commands/failure.ts'
import type { Config } from '../config.ts'
import { openStore } from '../files/open-files.ts'
import { type StoragePlace, shownPlace } from '../files/storage-place.ts'
import { type Check, CheckFailed } from './check.ts'
import { NOBODY } from './scratch-books.ts'

const REMEDY = 'daftari doctor --component config -v'
const PROBE = Buffer.from('%PDF-1.7 daftari doctor')
/** A store that does not answer within this time is out. */
const LIMIT_MS = 10_000

/** Stores a few bytes in each place of files, reads them and removes them. It does not use the database. */
export const checkStorage: Check<Config> = {
  component: 'storage',
  remedy: REMEDY,
  async run({ storage, storageFallback, dataDir }) {
    const details: string[] = []
    for (const place of storageFallback === null ? [storage] : [storage, storageFallback]) {
      try {
        const id = await inTime(tryPlace(place, dataDir))
        details.push(`${shownPlace(place)} has the mark ${id}; a file was stored, read and removed`)
      } catch (error) {
        const remedy = error instanceof CheckFailed ? error.remedy : REMEDY
        throw new CheckFailed(`${shownPlace(place)}: ${reasonOf(error)}`, remedy)
      }
    }
    return details
  },
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  const limit = sleep(LIMIT_MS, undefined, { signal: controller.signal }).then(() => {
    throw new Error(`no answer within ${LIMIT_MS / 1000} seconds`)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    controller.abort()
    limit.catch(() => undefined)
    work.catch(() => undefined)
  }
}

/** Returns the mark of the place. */
async function tryPlace(place: StoragePlace, dataDir: string): Promise<string> {
  const store = openStore(place, dataDir)
  try {
    const id = await store.storeId()
    if (id === null) {
      const message = 'it is not marked as a place of files: is its disk mounted?'
      throw new CheckFailed(message, 'daftari storage init')
    }
    await storeAndRemove(store)
    return id
  } finally {
    await store.close()
  }
}

async function storeAndRemove(store: FileStore): Promise<void> {
  const key = fileKey(NOBODY, risingIds(systemClock).next<AttachmentId>())
  const file = await store.receive(probe(), PROBE.length)
  if (file === null) throw new Error('it took the file of the check for too large')
  try {
    await store.put(key, file, 'application/pdf')
    const read: Uint8Array[] = []
    for await (const piece of (await store.read(key)) ?? []) read.push(piece)
    if (!Buffer.concat(read).equals(PROBE)) throw new Error('it returned other bytes than were stored')
  } finally {
    await file.discard()
    await store.delete(key)
  }
}

async function* probe(): AsyncGenerator<Uint8Array> {
  yield PROBE
}
