import { isDomainError } from '@daftari/domain'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { compareStore, isStillKnown } from './compare-store.ts'
import type { OwnedAttachment } from './ports.ts'
import { contentOf } from './read-attachment.ts'

/** How the stored files compare with the books. */
export interface VerifyView {
  readonly files: number
  /** The ids of files whose bytes are not there. */
  readonly missing: readonly string[]
  /** The ids of files whose bytes are not those that were stored. */
  readonly damaged: readonly string[]
}

type Deps = Pick<Ports, 'queries' | 'files' | 'fileUpkeep' | 'hashing'>

/** Reads every file and compares it with its hash. @throws unavailable */
export function verifyFiles(deps: Deps) {
  return async function verifyFiles(_operator: Operator): Promise<VerifyView> {
    const [missing, damaged]: [string[], string[]] = [[], []]
    let files = 0
    for await (const { row, stored } of compareStore(deps)) {
      if (row === null) continue
      files += 1
      const { id } = row.attachment
      if (stored === null && (await isStillKnown(deps, row))) missing.push(id)
      else if (stored !== null && (await isDamaged(deps, row))) damaged.push(id)
    }
    return { files, missing, damaged }
  }
}

async function isDamaged(deps: Deps, row: OwnedAttachment): Promise<boolean> {
  try {
    const { content } = await contentOf(deps, row.ownerId, row.attachment)
    for await (const _ of content);
    return false
  } catch (error) {
    if (!isDomainError(error, 'file_damaged')) throw error
    return isStillKnown(deps, row)
  }
}
