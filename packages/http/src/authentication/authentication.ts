import type { FastifyRequest } from 'fastify'
import { WireRefusal } from '../problem/wire-refusal.ts'

/**
 * The permissions of a key: `read` is for every `GET`, `write` for all other methods, `admin` for settings and keys. No
 * permission includes another.
 */
export type CallerScope = 'read' | 'write' | 'admin'

/** The caller of a request: the actor, the owner of the books, and the permissions. */
export interface Caller {
  /** A UUID in lower case. */
  readonly ownerId: string
  readonly actorId: string
  readonly scopes: readonly CallerScope[]
}

/** Finds the caller of a request, or gives `null` when the caller is unknown. It is called once per request, before the body is read. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller | null> | Caller | null

// Stored beside the request, because a decoration could collide with one of the host.
const callers = new WeakMap<FastifyRequest, Caller>()

/** @throws unauthenticated */
export async function admit(request: FastifyRequest, authenticate: Authenticate): Promise<void> {
  const caller = await authenticate(request)
  if (caller === null) {
    throw new WireRefusal(
      'unauthenticated',
      'The API key or token is missing or not valid. Send a valid one in the header "Authorization: Bearer …".',
    )
  }
  callers.set(request, caller)
}

/** @throws scope_missing */
export function demand(request: FastifyRequest, scope: CallerScope): void {
  if (!callerOf(request).scopes.includes(scope)) {
    throw new WireRefusal(
      'scope_missing',
      `The request needs the scope ${scope}, which the key does not have. Use a key with this scope.`,
    )
  }
}

export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('The request reached a route without authentication')
  return caller
}
