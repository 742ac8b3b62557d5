import { type Attachment, DomainError, fileKey, isDomainError } from '@daftari/domain'
import type { Operator } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { keyOf, objectsOf, placeOf, rowsOf } from './compare-store.ts'
import type { FileStore } from './file-store.ts'
import type { OwnedAttachment } from './ports.ts'
import { contentOf } from './read-attachment.ts'
import { refuseMissing } from './refuse-missing.ts'

/** What was moved into the first store, and what could not be moved. */
export interface ReconcileView {
  readonly filesMoved: number
  readonly bytesMoved: number
  /** Files that a store refused to give or to take now. The next run tries again. */
  readonly filesFailed: number
  /** The ids of files that are not in the store that their row names. */
  readonly missing: readonly string[]
  /** The ids of files whose bytes are not those that were stored. */
  readonly damaged: readonly string[]
}

type Deps = Pick<Ports, 'unitOfWork' | 'queries' | 'fileStores' | 'fileUpkeep' | 'hashing'>

interface NamedStore {
  readonly id: string
  readonly store: FileStore
}

/** The actor of the change of a row that says where its bytes lie now. */
const RECONCILER = 'daftari reconcile'

/**
 * Moves every file into the first store: the bytes are copied and compared with their hash, then the row names the first
 * store, and only then are the old bytes removed. It can be stopped and repeated at any point. When many files are
 * missing, a store is probably not the right one, and nothing is moved.
 * @throws unavailable
 */
export function reconcileFiles(deps: Deps) {
  return async function reconcileFiles(_operator: Operator): Promise<ReconcileView> {
    const stores = await namedStores(deps.fileStores)
    const missing = await findMissing(deps, stores)
    const move = new Move(deps, stores)
    for await (const row of rowsOf(deps.fileUpkeep)) {
      if (row.attachment.storeId !== stores.first.id && !missing.has(row.attachment.id)) await move.file(row)
    }
    for (const { store } of stores.others) await removeCopies(deps, stores.first, store)
    return { ...move.counts, missing: [...missing], damaged: move.damaged }
  }
}

interface NamedStores {
  readonly first: NamedStore
  readonly others: readonly NamedStore[]
}

/** @throws unavailable, when a store has no mark, or two have the same: then one would be emptied into itself */
async function namedStores(fileStores: readonly FileStore[]): Promise<NamedStores> {
  const named: NamedStore[] = []
  for (const store of fileStores) {
    const id = await store.storeId()
    if (id === null) throw unavailable('A file store is not marked. Is its disk mounted? Nothing was moved.')
    if (named.some((other) => other.id === id)) {
      throw unavailable(
        `Two file stores have the mark ${id}: they are one, or one is a copy. Nothing was moved.`,
      )
    }
    named.push({ id, store })
  }
  const [first, ...others] = named
  if (first === undefined) throw unavailable('No place is configured where files are stored.')
  return { first, others }
}

function unavailable(message: string): DomainError<'unavailable'> {
  return new DomainError('unavailable', {}, { message })
}

/** The files outside the first store that are not where their row says. @throws unavailable, when they are many */
async function findMissing(deps: Deps, { first, others }: NamedStores): Promise<ReadonlySet<string>> {
  const missing = new Set<string>()
  let known = 0
  for await (const row of rowsOf(deps.fileUpkeep)) {
    known += 1
    const { id, storeId } = row.attachment
    if (storeId === first.id) continue
    const store = others.find((other) => other.id === storeId)?.store
    const isThere = store !== undefined && (await store.stat(keyOf(row))) !== null
    if (!isThere && (await isUnmoved(deps, row))) missing.add(id)
  }
  refuseMissing(missing.size, known, 'moved')
  return missing
}

/** Looked up again: the file may have been removed or moved since the page of rows was read. */
async function isUnmoved({ queries }: Deps, { ownerId, attachment }: OwnedAttachment): Promise<boolean> {
  const now = await queries.attachments.find(ownerId, attachment.id)
  return now !== null && now.storeId === attachment.storeId
}

class Move {
  counts = { filesMoved: 0, bytesMoved: 0, filesFailed: 0 }
  readonly damaged: string[] = []
  readonly #deps: Deps
  readonly #stores: NamedStores

  constructor(deps: Deps, stores: NamedStores) {
    this.#deps = deps
    this.#stores = stores
  }

  async file(row: OwnedAttachment): Promise<void> {
    const { id, sizeBytes } = row.attachment
    try {
      await this.#copy(row)
      if (!(await this.#switch(row))) return
    } catch (error) {
      if (!isDomainError(error)) throw error
      // Another run may have moved the file meanwhile, or its owner may have removed it: that is no fault of the file.
      if (!(await isUnmoved(this.#deps, row))) return
      if (error.code === 'file_damaged') this.damaged.push(id)
      else this.counts.filesFailed += 1
      return
    }
    this.counts.filesMoved += 1
    this.counts.bytesMoved += sizeBytes
  }

  /** @throws file_damaged, when the bytes are not those of the row, on either side */
  async #copy({ ownerId, attachment }: OwnedAttachment): Promise<void> {
    const { first, others } = this.#stores
    const files = others.find(({ id }) => id === attachment.storeId)?.store
    if (files === undefined) throw unavailable('The store that has the file is not configured.')
    const { content } = await contentOf({ files, hashing: this.#deps.hashing }, ownerId, attachment)
    const received = await first.store.receive(content, attachment.sizeBytes)
    if (received === null) throw new DomainError('file_damaged', { attachmentId: attachment.id })
    try {
      await first.store.put(fileKey(ownerId, attachment.id), received, attachment.contentType)
    } finally {
      await received.discard()
    }
    const stored = await first.store.stat(fileKey(ownerId, attachment.id))
    if (stored === null || !isAsInRow(stored, attachment)) {
      throw new DomainError('file_damaged', { attachmentId: attachment.id })
    }
  }

  /** Whether the row names the first store now. A file that was removed meanwhile leaves no copy there. */
  async #switch({ ownerId, attachment }: OwnedAttachment): Promise<boolean> {
    const { unitOfWork, queries } = this.#deps
    const { first } = this.#stores
    const scope = { ownerId, actorId: RECONCILER, idempotency: null }
    try {
      await unitOfWork.transact(scope, async (tx) => tx.attachments.relocate(attachment, first.id))
      return true
    } catch (error) {
      if (!isDomainError(error, 'concurrent_change')) throw error
      const now = await queries.attachments.find(ownerId, attachment.id)
      if (now === null) await first.store.delete(fileKey(ownerId, attachment.id))
      return false
    }
  }
}

function isAsInRow(
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string | null },
  attachment: Attachment,
): boolean {
  return sizeBytes === attachment.sizeBytes && (sha256 === null || sha256 === attachment.sha256)
}

/**
 * Removes from `store` what the first store has and its row names there: what was just moved, what an earlier run left
 * when it was stopped, and what was stored twice during an outage.
 */
async function removeCopies({ queries }: Deps, first: NamedStore, store: FileStore): Promise<void> {
  for await (const file of objectsOf(store)) {
    const { ownerId, attachmentId } = placeOf(file)
    const row = await queries.attachments.find(ownerId, attachmentId)
    if (row?.storeId !== first.id) continue
    const stored = await first.store.stat(file.key)
    if (stored !== null && isAsInRow(stored, row)) await store.delete(file.key)
  }
}
