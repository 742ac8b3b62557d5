import { join } from 'node:path'
import {
  createFolderFileStore,
  createS3FileStore,
  type FallbackReason,
  fallbackFileStore,
} from '@daftari/adapters-storage'
import { type FileStore, isDomainError, noFileStore, type Ports } from '@daftari/application'
import type { Config } from '../config.ts'
import type { StoragePlace } from './storage-place.ts'

/** Opens the stores of the configuration, the first one first. This sends no request to them. */
export function openStores({
  storage,
  storageFallback,
  dataDir,
}: Pick<Config, 'storage' | 'storageFallback' | 'dataDir'>): readonly FileStore[] {
  const places = storageFallback === null ? [storage] : [storage, storageFallback]
  return places.map((place) => openStore(place, dataDir))
}

export function openStore(place: StoragePlace, dataDir: string): FileStore {
  if (place.kind === 'folder') return createFolderFileStore(place)
  return createS3FileStore({ ...place, spoolFolder: join(dataDir, 'receiving') })
}

/** Joins the stores to one. It logs every file that had to be stored in the second place. */
export function joinStores(stores: readonly FileStore[], log: (message: string) => void): FileStore {
  const [first = noFileStore, second] = stores
  if (second === undefined) return first
  return fallbackFileStore(first, second, {
    onFallback: (reason) =>
      log(`${FELL_BACK}: ${REASONS[reason]}. Once it is back, run: daftari storage reconcile`),
  })
}

const FELL_BACK = 'A file was stored in the place of STORAGE_FALLBACK_URL, because the place of STORAGE_URL'

const REASONS = {
  unavailable: 'refused it',
  storage_full: 'is full',
  no_answer: 'did not answer',
  breaker_open: 'failed several times in a row and is left alone for 30 seconds',
} satisfies Record<FallbackReason, string>

/**
 * Marks new stores, and returns a message when files cannot be stored. A store without a mark is marked only while the
 * books know of no file: otherwise it is probably the folder of a disk that is not mounted.
 */
export async function prepareFiles({
  fileStores,
  fileUpkeep,
  ids,
}: Pick<Ports, 'fileStores' | 'fileUpkeep' | 'ids'>): Promise<string | null> {
  const problems: string[] = []
  for (const [index, store] of fileStores.entries()) {
    const variable = index === 0 ? 'STORAGE_URL' : 'STORAGE_FALLBACK_URL'
    try {
      if ((await store.storeId()) !== null) continue
      if ((await fileUpkeep.list(null, 1)).length > 0) problems.push(notMarked(variable))
      else await store.mark(ids.next())
    } catch (error) {
      if (!isDomainError(error)) throw error
      problems.push(`Files cannot be stored in the place of ${variable} at the moment: ${error.message}`)
    }
  }
  return problems.length === 0 ? null : problems.join('\n')
}

function notMarked(variable: string): string {
  return (
    `The books know of files, and the place of ${variable} is not marked as theirs: is the disk mounted? ` +
    'Until it is, files are neither stored there nor read. If the place is right, run: daftari storage init'
  )
}
