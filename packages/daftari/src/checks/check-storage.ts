import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError, type FileStore } from '@daftari/application'
import { type AttachmentId, fileKey } from '@daftari/domain'
import { risingIds, systemClock } from '@daftari/machine'
import type { Config } from '../config.ts'
import { openStore } from '../files/open-files.ts'
import { type StoragePlace, shownPlace } from '../files/storage-place.ts'
import { type Finding, failed } from './check.ts'

const component = 'storage'
/** No owner has this id, so the file that is stored for a moment is in nobody's books. */
const NOBODY = '00000000-0000-7000-8000-000000000000'
const PROBE = Buffer.from('%PDF-1.7 daftari doctor')
/** A store that is silent for longer is out. */
const LIMIT_MS = 10_000

class StorageNotMarked extends Error {}

/** Stores a few bytes in each place of files, reads them and removes them. Asks nothing of the database. */
export async function checkStorage({ storage, storageFallback, dataDir }: Config): Promise<Finding> {
  const details: string[] = []
  for (const place of storageFallback === null ? [storage] : [storage, storageFallback]) {
    try {
      details.push(
        `${shownPlace(place)} is marked ${await inTime(tryPlace(place, dataDir))}, stores and gives back`,
      )
    } catch (error) {
      const { component: name, details: reasons } = failed(component, error, '')
      const remedy =
        error instanceof StorageNotMarked ? 'daftari storage init' : 'daftari doctor --component config -v'
      return {
        component: name,
        ok: false,
        details: reasons.map((reason) => `${shownPlace(place)}: ${reason}`),
        remedy,
      }
    }
  }
  return { component, ok: true, details, remedy: null }
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

/** Gives the mark of the place. */
async function tryPlace(place: StoragePlace, dataDir: string): Promise<string> {
  const store = openStore(place, dataDir)
  try {
    const id = await store.storeId()
    if (id === null) throw new StorageNotMarked('it is not marked as a place of files: is its disk mounted?')
    await storeAndRemove(store)
    return id
  } finally {
    await store.close()
  }
}

async function storeAndRemove(store: FileStore): Promise<void> {
  const key = fileKey(NOBODY, risingIds(systemClock).next<AttachmentId>())
  const file = await store.receive(probe(), PROBE.length)
  if (file === null) throw new DomainError('too_large', { limitBytes: PROBE.length })
  try {
    await store.put(key, file, 'application/pdf')
    const read: Uint8Array[] = []
    for await (const piece of (await store.read(key)) ?? []) read.push(piece)
    if (!Buffer.concat(read).equals(PROBE)) throw new Error('it gives back other bytes than it was given')
  } finally {
    await file.discard()
    await store.delete(key)
  }
}

async function* probe(): AsyncGenerator<Uint8Array> {
  yield PROBE
}
