import { type FileKey, type Instant, isDomainError, removeAttachment } from '@daftari/domain'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { compareStore, isStillKnown, keyOf } from './compare-store.ts'
import type { OwnedAttachment } from './ports.ts'
import { refuseMissing } from './refuse-missing.ts'

/** What was swept, and what was found to be wrong. */
export interface SweepView {
  readonly filesRemoved: number
  /** Files that could not be removed now. The next sweep tries again. */
  readonly filesFailed: number
  readonly bytesReclaimed: number
  /** Files that the books know and the store does not have. */
  readonly inconsistencies: number
}

type Deps = Pick<Ports, 'unitOfWork' | 'queries' | 'files' | 'fileUpkeep' | 'clock'>

/** The actor of the events that say that an expired file was removed. */
const SWEEPER = 'daftari sweep'
const PAGE = 100
/** Bytes may lie there so long before their row does: an upload is far shorter. */
const GRACE_MS = 24 * 60 * 60 * 1000

/**
 * Removes what nobody needs: staged files whose day is over, bytes without a row that are older than a day, and what
 * uploads left that broke off. When many files are missing, the store is probably not the right one, and nothing is
 * removed.
 * @throws unavailable
 */
export function sweepFiles(deps: Deps) {
  return async function sweepFiles(_operator: Operator): Promise<SweepView> {
    const now = deps.clock.now()
    const { orphans, missing } = await lookThrough(deps, (now - GRACE_MS) as Instant)
    const sweep = new Sweep()
    await sweepExpired(deps, now, sweep)
    for (const { key, sizeBytes } of orphans) await sweep.remove(() => deps.files.delete(key), sizeBytes)
    await deps.files.sweepUnfinished((now - GRACE_MS) as Instant)
    return { ...sweep.view, inconsistencies: missing }
  }
}

class Sweep {
  view = { filesRemoved: 0, filesFailed: 0, bytesReclaimed: 0 }

  /** Whether it was removed. A refusal is counted, and does not keep the others from being removed. */
  async remove(remove: () => Promise<unknown>, sizeBytes: number): Promise<boolean> {
    try {
      await remove()
    } catch (error) {
      if (!isDomainError(error)) throw error
      this.view.filesFailed += 1
      return false
    }
    this.view.filesRemoved += 1
    this.view.bytesReclaimed += sizeBytes
    return true
  }
}

interface Orphan {
  readonly key: FileKey
  readonly sizeBytes: number
}

/** @throws unavailable, when so many files are missing that the store is probably another */
async function lookThrough(
  deps: Deps,
  before: Instant,
): Promise<{ readonly orphans: readonly Orphan[]; readonly missing: number }> {
  const orphans: Orphan[] = []
  let [missing, known] = [0, 0]
  for await (const compared of compareStore(deps)) {
    if (compared.row === null) {
      const { ownerId, attachmentId, madeAt } = compared.place
      // Looked up again: the row may have been entered since the page of rows was read.
      const isOrphan =
        madeAt < before && (await deps.queries.attachments.find(ownerId, attachmentId)) === null
      if (isOrphan) orphans.push({ key: compared.key, sizeBytes: compared.stored.sizeBytes })
    } else {
      known += 1
      if (compared.stored === null && (await isMissing(deps, compared.row))) missing += 1
    }
  }
  refuseMissing(missing, known, 'removed')
  return { orphans, missing }
}

/** Looked up again: the file may have been stored or removed since the pages were read. */
async function isMissing(deps: Deps, row: OwnedAttachment): Promise<boolean> {
  const isStored = (await deps.files.stat(keyOf(row), row.attachment.storeId)) !== null
  return !isStored && (await isStillKnown(deps, row))
}

async function sweepExpired(deps: Deps, now: Instant, sweep: Sweep): Promise<void> {
  for (;;) {
    const expired = await deps.fileUpkeep.listExpired(now, PAGE)
    let removed = 0
    for (const file of expired) {
      const isRemoved = await sweep.remove(() => removeExpired(deps, file, now), file.attachment.sizeBytes)
      if (isRemoved) removed += 1
    }
    // What could not be removed is listed again: without any progress, the rest is left to the next sweep.
    if (expired.length < PAGE || removed === 0) return
  }
}

async function removeExpired(
  { unitOfWork, files, clock }: Deps,
  { ownerId, attachment: { id } }: OwnedAttachment,
  now: Instant,
): Promise<void> {
  const scope = { ownerId, actorId: SWEEPER, idempotency: null }
  const removed = await unitOfWork.transact(scope, async (tx) => {
    const attachment = await tx.attachments.find(id)
    const isExpired = attachment !== null && attachment.expiresAt !== null && attachment.expiresAt <= now
    if (!isExpired) return null
    tx.events.append([removeAttachment(attachment, clock.now())])
    tx.attachments.delete(attachment)
    return { ownerId, attachment }
  })
  // Bytes that cannot be removed now have no row any more, and a later sweep finds them.
  if (removed !== null) await files.delete(keyOf(removed), removed.attachment.storeId)
}
