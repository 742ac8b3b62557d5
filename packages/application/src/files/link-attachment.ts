import { type AttachmentId, fileKey, formatInstant, type Instant } from '@daftari/domain'
import { found, idOf } from '../kernel/input/found.ts'
import { parseQuery } from '../kernel/input/parse-query.ts'
import type { Scope } from '../kernel/scope.ts'
import type { Ports } from '../ports.ts'
import { type AttachmentLink, type LinkInput, linkQuery } from './attachment-shapes.ts'
import type { FileStore, LinkingFileStore } from './file-store.ts'
import { LINK_TOKENS } from './link-token.ts'

/** A link under which anybody can download the file for a while. @throws not_found, invalid_query */
export function linkAttachment({
  queries,
  files,
  cursors,
  clock,
}: Pick<Ports, 'queries' | 'files' | 'cursors' | 'clock'>) {
  return async function linkAttachment(
    { ownerId }: Scope,
    { attachmentId, ...query }: LinkInput,
  ): Promise<AttachmentLink> {
    const { expiresIn } = parseQuery(linkQuery, query)
    const id = idOf<AttachmentId>('attachment', attachmentId)
    const { fileName } = found('attachment', id, await queries.attachments.find(ownerId, id))
    const expiresAt = (clock.now() + expiresIn * 1_000) as Instant
    const options = { expiresInSeconds: expiresIn, fileName }
    const url = isLinking(files) ? await files.link(fileKey(ownerId, id), options) : null
    const token = url === null ? cursors.seal(JSON.stringify([ownerId, id, expiresAt]), LINK_TOKENS) : null
    return { url, token, expiresAt: formatInstant(expiresAt) }
  }
}

function isLinking(files: FileStore): files is LinkingFileStore {
  return 'link' in files
}
