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
import { createFolderFileStore } from '../src/index.ts'
import { scratchFolder } from './support/scratch-folder.ts'

/** A case that leaves bytes on their way behind fails. */
async function openFolder(): Promise<Harness<FilePorts>> {
  const { folder, remove } = scratchFolder()
  return {
    ports: { files: createFolderFileStore({ folder }) },
    clock: manualClock('2026-11-21T09:00:00.000Z'),
    ownerId: freshId(),
    otherOwnerId: freshId(),
    async close() {
      const left = readdirSync(join(folder, 'receiving'))
      remove()
      if (left.length > 0) throw new Error(`${left.length} received files were left behind`)
    },
  }
}

runContracts(it, openFolder, [fileReceivingContract, fileStoreContract])
