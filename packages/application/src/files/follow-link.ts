import { type AttachmentId, DomainError } from '@daftari/domain'
import type { Ports } from '../ports.ts'
import type { AttachmentContent } from './attachment-shapes.ts'
import { LINK_TOKENS } from './link-token.ts'
import { contentOf } from './read-attachment.ts'

/**
 * Opens a link. An expired token, an altered one and one whose file was removed get the same refusal.
 * @throws not_found, file_damaged
 */
export function followLink(deps: Pick<Ports, 'queries' | 'files' | 'cursors' | 'clock' | 'hashing'>) {
  return async function followLink({ token }: { readonly token: string }): Promise<AttachmentContent> {
    const payload = deps.cursors.open(token, LINK_TOKENS)
    if (payload === null) throw nowhere()
    const [ownerId, id, expiresAt]: [string, AttachmentId, number] = JSON.parse(payload)
    if (expiresAt <= deps.clock.now()) throw nowhere()
    const attachment = await deps.queries.attachments.find(ownerId, id)
    if (attachment === null) throw nowhere()
    return contentOf(deps, ownerId, attachment)
  }
}

function nowhere(): DomainError<'not_found'> {
  return new DomainError('not_found', { kind: 'link', id: '' })
}
