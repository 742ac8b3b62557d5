import type { FastifyRequest } from 'fastify'
import { WireRefusal } from '../problem/wire-refusal.ts'

/** What a key allows: `read` is every `GET`, `write` the rest, `admin` settings. None implies another. */
export type CallerScope = 'read' | 'write' | 'admin'

/** Who is calling, on whose books, and what for. */
export interface Caller {
  /** A UUID in lower case. */
  readonly ownerId: string
  readonly actorId: string
  readonly scopes: readonly CallerScope[]
}

/** Says who sent a request; `null` when nobody that is known. Called once for each request, before its body is read. */
export type Authenticate = (request: FastifyRequest) => Promise<Caller | null> | Caller | null

// Stored beside the request, because a decoration could collide with one of the host.
const callers = new WeakMap<FastifyRequest, Caller>()

/** @throws unauthenticated */
export async function admit(request: FastifyRequest, authenticate: Authenticate): Promise<void> {
  const caller = await authenticate(request)
  if (caller === null) {
    throw new WireRefusal(
      'unauthenticated',
      'Send "Authorization: Bearer" with a key or token that is valid.',
    )
  }
  callers.set(request, caller)
}

/** @throws scope_missing */
export function demand(request: FastifyRequest, scope: CallerScope): void {
  if (!callerOf(request).scopes.includes(scope)) {
    throw new WireRefusal('scope_missing', `This needs a key with the scope ${scope}.`)
  }
}

export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new Error('A route was reached without authentication')
  return caller
}
