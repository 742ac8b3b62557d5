import { isDomainError } from '@daftari/domain'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type Compared, compareStore, isStillKnown, keyOf } from './compare-store.ts'
import type { OwnedAttachment } from './ports.ts'

/** A file on which the books and the store do not agree. */
export interface FileDifference {
  readonly ownerId: string
  readonly attachmentId: string
  /** What is wrong with it, to be read behind the id. */
  readonly detail: string
}

export interface CompareView {
  readonly files: number
  readonly differences: readonly FileDifference[]
}

type Deps = Pick<Ports, 'queries' | 'files' | 'fileUpkeep' | 'clock'>

/** Bytes without a row are removed by the sweep after a day. Two days later nobody swept. */
const UNSWEPT_MS = 2 * 24 * 60 * 60 * 1000

/**
 * Compares every row with what its store says of the file (I6), without reading the bytes: `verify` does that.
 * @throws unavailable
 */
export function compareFiles(deps: Deps) {
  return async function compareFiles(_operator: Operator): Promise<CompareView> {
    const differences: FileDifference[] = []
    let files = 0
    if (await isUnused(deps)) return { files, differences }
    for await (const compared of compareStore(deps)) {
      if (compared.row !== null) files += 1
      const difference = await differenceOf(deps, compared)
      if (difference !== null) differences.push(difference)
    }
    return { files, differences }
  }
}

/** A place that was never marked misses nothing as long as the books know of no file. */
async function isUnused({ files, fileUpkeep }: Deps): Promise<boolean> {
  return (await fileUpkeep.list(null, 1)).length === 0 && (await isUnmarked(files))
}

async function isUnmarked(files: Deps['files']): Promise<boolean> {
  try {
    return (await files.storeId()) === null
  } catch (error) {
    if (!isDomainError(error)) throw error
    return false
  }
}

async function differenceOf(deps: Deps, compared: Compared): Promise<FileDifference | null> {
  if (compared.row !== null) return rowDifference(deps, compared.row)
  const { ownerId, attachmentId, madeAt } = compared.place
  const isUnswept = madeAt < deps.clock.now() - UNSWEPT_MS
  if (!isUnswept || (await deps.queries.attachments.find(ownerId, attachmentId)) !== null) return null
  const detail = 'has bytes and no row: run daftari storage sweep'
  return { ownerId, attachmentId, detail }
}

async function rowDifference(deps: Deps, row: OwnedAttachment): Promise<FileDifference | null> {
  const { ownerId, attachment } = row
  const { id, sizeBytes, sha256, storeId } = attachment
  const stored = await deps.files.stat(keyOf(row), storeId)
  const difference = (detail: string): FileDifference => ({ ownerId, attachmentId: id, detail })
  if (stored === null) {
    return (await isStillKnown(deps, row)) ? difference('is missing in its store') : null
  }
  if (stored.sizeBytes !== sizeBytes) {
    return difference(`has ${stored.sizeBytes} bytes in its store and ${sizeBytes} in the books`)
  }
  if (stored.sha256 !== null && stored.sha256 !== sha256) {
    return difference('has another hash in its store than in the books')
  }
  return null
}
