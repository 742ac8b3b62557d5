import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FilePorts,
  fileReceivingContract,
  fileStoreContract,
  freshId,
  type Harness,
  manualClock,
  runContracts,
} from '@daftari/testing'
import { it } from 'vitest'
import { createFolderFileStore, fallbackFileStore } from '../src/index.ts'
import { scratchFolder } from './support/scratch-folder.ts'

/** A case that leaves bytes on their way behind, in either folder, fails. */
async function openFallback(): Promise<Harness<FilePorts>> {
  const { folder, remove } = scratchFolder()
  const folders = ['first', 'second'].map((name) => join(folder, name))
  const [first, second] = folders.map((one) => createFolderFileStore({ folder: one }))
  if (first === undefined || second === undefined) throw new Error('there are two folders')
  return {
    ports: { files: fallbackFileStore(first, second) },
    clock: manualClock('2026-11-21T09:00:00.000Z'),
    ownerId: freshId(),
    otherOwnerId: freshId(),
    async close() {
      const left = folders.flatMap((one) => readdirSync(join(one, 'receiving')))
      remove()
      if (left.length > 0) throw new Error(`${left.length} received files were left behind`)
    },
  }
}

runContracts(it, openFallback, [fileReceivingContract, fileStoreContract])
