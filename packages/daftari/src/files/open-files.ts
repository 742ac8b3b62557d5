import { join } from 'node:path'
import { createFolderFileStore, createS3FileStore } from '@daftari/adapters-storage'
import type { FileStore, Ports } from '@daftari/application'
import { isDomainError } from '@daftari/application'
import type { Config } from '../config.ts'

/** The store that the configuration names. Nothing is asked of it yet. */
export function openFiles({ storage, dataDir }: Pick<Config, 'storage' | 'dataDir'>): FileStore {
  if (storage.kind === 'folder') return createFolderFileStore(storage)
  return createS3FileStore({ ...storage, spoolFolder: join(dataDir, 'receiving') })
}

/**
 * Marks a new store, and says what keeps files from being stored. A store without a mark is marked only while the books
 * know of no file: otherwise it is probably the folder of a disk that is not mounted.
 */
export async function prepareFiles({
  files,
  fileUpkeep,
  ids,
}: Pick<Ports, 'files' | 'fileUpkeep' | 'ids'>): Promise<string | null> {
  try {
    if ((await files.storeId()) !== null) return null
    if ((await fileUpkeep.list(null, 1)).length > 0) return NOT_MARKED
    await files.mark(ids.next())
    return null
  } catch (error) {
    if (!isDomainError(error)) throw error
    return `Files cannot be stored at the moment: ${error.message}`
  }
}

const NOT_MARKED =
  'The books know of files, and the place of STORAGE_URL is not marked as theirs: is the disk mounted? ' +
  'Until it is, files are neither stored nor read. If the place is right, run: daftari storage init'
