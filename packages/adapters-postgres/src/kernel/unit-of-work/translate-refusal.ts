import { DomainError } from '@daftari/domain'
import { UnknownOwner } from '../owner/unknown-owner.ts'
import type { Compiled } from '../session/compile-batch.ts'
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

/** Translates a refusal of the database into an error of the domain. Queries the database when the details of the error need it. */
export function translateRefusal(ownerId: string): Translate {
  return async function translate({ compiled, cause, isAmbiguous, look }: Refused): Promise<Error> {
    if (isAmbiguous) return new DomainError('outcome_unknown', {}, { cause })
    const server = serverError(cause)
    if (server === null) return databaseError(cause)
    const known = knownRefusal(server, compiled, ownerId, cause)
    if (known !== null) return known
    const { constraint = '' } = server
    const refusal = await compiled?.kind?.refusal?.({ constraint, ownerId, cause, look }, compiled.rows)
    return refusal ?? databaseError(cause)
  }
}

function knownRefusal(
  server: ServerError,
  compiled: Compiled | null,
  ownerId: string,
  cause: unknown,
): Error | null {
  const { code, constraint = '' } = server
  if (code === STALE_VERSION) return staleVersion(server, compiled, cause)
  if (code === LOCK_NOT_AVAILABLE && compiled?.isKeyed === true)
    return new DomainError('idempotency_in_progress', {}, { cause })
  if (isConflict(server)) return new Conflict(cause)
  if (code === FOREIGN_KEY_VIOLATION && constraint.endsWith('_owner_fk'))
    return new UnknownOwner(ownerId, cause)
  if (code === UNIQUE_VIOLATION && constraint === 'event_version_unique') {
    return new DomainError('concurrent_change', { kind: 'event', id: '' }, { cause })
  }
  return null
}

/** The error that `require_rows` raises names the row that was not found. */
function staleVersion(
  { constraint: kind = '', detail: id = '' }: ServerError,
  compiled: Compiled | null,
  cause: unknown,
): Error {
  if (kind === 'idempotency') return new DomainError('idempotency_in_progress', {}, { cause })
  return compiled?.kind?.missed?.(id, cause) ?? new DomainError('concurrent_change', { kind, id }, { cause })
}
