import {
  type AttachmentId,
  DomainError,
  FILE_TYPES,
  type FileType,
  fileKey,
  fileTypeOf,
  isDomainError,
  storeAttachment,
} from '@daftari/domain'
import type { TransactionScope } from '../kernel/ports.ts'
import { checkScope, type Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type AttachmentView, attachmentJson, type UploadInput } from './attachment-shapes.ts'
import type { ReceivedFile } from './file-store.ts'

/** What a use case gets of an upload whose bytes were received: nothing of it is in the books or under a key yet. */
export interface ReceivedUpload {
  readonly fileName: string
  readonly contentType: FileType
  readonly file: ReceivedFile
}

/** Enters a received file, under the key of the caller if there is one. */
type EnterFile = (scope: Scope, upload: ReceivedUpload) => Promise<AttachmentView>

interface UploadDeps extends Pick<Ports, 'files'> {
  readonly enter: EnterFile
  readonly limitBytes: number
}

/** Stores a file. Its type is told by its bytes alone. @throws validation_failed, too_large, unsupported_type */
export function uploadAttachment({ files, enter, limitBytes }: UploadDeps) {
  return async function uploadAttachment(
    scope: Scope,
    { fileName, content }: UploadInput,
  ): Promise<AttachmentView> {
    checkScope(scope)
    const file = await files.receive(content, limitBytes)
    if (file === null) throw new DomainError('too_large', { limitBytes })
    try {
      return await enter(scope, { fileName, contentType: requireType(file), file })
    } finally {
      await file.discard()
    }
  }
}

function requireType({ sizeBytes, head }: ReceivedFile): FileType {
  if (sizeBytes === 0) {
    const detail = 'the file has no bytes'
    throw new DomainError('validation_failed', { errors: [{ pointer: '/file', code: 'empty_file', detail }] })
  }
  const type = fileTypeOf(head)
  if (type === null) throw new DomainError('unsupported_type', { allowed: FILE_TYPES })
  return type
}

/**
 * Stores the bytes, then the row. When the row is refused, the bytes are removed again; when it is unknown whether
 * the row was stored, they stay, and the sweep removes them after a day if there is no row.
 */
export function enterFile({
  unitOfWork,
  files,
  ids,
  clock,
}: Pick<Ports, 'unitOfWork' | 'files' | 'ids' | 'clock'>) {
  return async function enterFile(scope: TransactionScope, upload: ReceivedUpload): Promise<AttachmentView> {
    const { fileName, contentType, file } = upload
    const { sizeBytes, sha256 } = file
    const id = ids.next<AttachmentId>()
    const key = fileKey(scope.ownerId, id)
    const storeId = await files.put(key, file, contentType)
    try {
      return await unitOfWork.transact(scope, async (tx) => {
        const facts = { id, fileName, contentType, sizeBytes, sha256, storeId }
        const { state, events } = storeAttachment({ ...facts, at: clock.now(), by: scope.actorId })
        tx.attachments.insert(state)
        tx.events.append(events)
        return attachmentJson(state)
      })
    } catch (failure) {
      if (!isDomainError(failure, 'outcome_unknown')) await removed(() => files.delete(key, storeId))
      throw failure
    }
  }
}

/** What cannot be removed now is removed by the sweep. */
async function removed(remove: () => Promise<void>): Promise<void> {
  try {
    await remove()
  } catch (error) {
    if (!isDomainError(error)) throw error
  }
}

/** What a repetition under a key must have in common with the first upload. */
export function sameUpload({ fileName, file: { sha256, sizeBytes } }: ReceivedUpload): unknown {
  return { fileName, sha256, sizeBytes }
}
