import { DomainError } from '@daftari/domain'
import { UnknownOwner } from '../owner/unknown-owner.ts'
import {
  Conflict,
  databaseError,
  FOREIGN_KEY_VIOLATION,
  isConflict,
  LOCK_NOT_AVAILABLE,
  type ServerError,
  STALE_VERSION,
  serverError,
  UNIQUE_VIOLATION,
} from '../session/postgres-errors.ts'
import type { Refused, Translate } from '../session/postgres-session.ts'

/** What the database's refusal means in the words of the books. Looks into the books where the words need it. */
export function translateRefusal(ownerId: string): Translate {
  return async function translate({ compiled, cause, isAmbiguous, look }: Refused): Promise<Error> {
    if (isAmbiguous) return new DomainError('outcome_unknown', {}, { cause })
    const server = serverError(cause)
    if (server === null) return databaseError(cause)
    const known = knownRefusal(server, compiled?.isKeyed === true, ownerId, cause)
    if (known !== null) return known
    const { constraint = '' } = server
    const refusal = await compiled?.kind?.refusal?.({ constraint, ownerId, cause, look }, compiled.rows)
    return refusal ?? databaseError(cause)
  }
}

function knownRefusal(server: ServerError, isKeyed: boolean, ownerId: string, cause: unknown): Error | null {
  const { code, constraint = '' } = server
  if (code === STALE_VERSION) return staleVersion(server, cause)
  if (code === LOCK_NOT_AVAILABLE && isKeyed) return new DomainError('idempotency_in_progress', {}, { cause })
  if (isConflict(server)) return new Conflict(cause)
  if (code === FOREIGN_KEY_VIOLATION && constraint.endsWith('_owner_fk'))
    return new UnknownOwner(ownerId, cause)
  if (code === UNIQUE_VIOLATION && constraint === 'event_version_unique') {
    return new DomainError('concurrent_change', { kind: 'event', id: '' }, { cause })
  }
  return null
}

/** `require_rows` says in the error what it missed. */
function staleVersion({ constraint: kind = '', detail: id = '' }: ServerError, cause: unknown): Error {
  if (kind === 'idempotency') return new DomainError('idempotency_in_progress', {}, { cause })
  if (kind === 'attachment') return new DomainError('attachment_not_found', { attachmentId: id }, { cause })
  if (kind === 'settings')
    return new UnknownOwner(id, new DomainError('concurrent_change', { kind, id }, { cause }))
  return new DomainError('concurrent_change', { kind, id }, { cause })
}
