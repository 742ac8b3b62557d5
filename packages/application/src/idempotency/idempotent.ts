import { DomainError } from '@daftari/domain'
import type { Secrets } from '../ports/machine.ts'
import type { Ports } from '../ports/ports.ts'
import type { TransactionScope } from '../ports/unit-of-work.ts'
import { checkScope, type Scope } from '../scope.ts'
import { canonicalJson } from './canonical-json.ts'

/** A use case that changes the books. */
export type Write<Input, View> = (scope: TransactionScope, input: Input) => Promise<View>

interface Manner<Input> {
  /** What of the input a repetition must have in common with the first call. */
  readonly sameness?: (input: Input) => unknown
  /** Covers a result that holds a secret, so that it is stored sealed. */
  readonly cover?: Secrets
}

const IN_CLEAR: Secrets = { seal: (text) => text, open: (text) => text }

const replayed = new WeakSet<object>()

/** Whether this view is the stored answer of an earlier call with the same idempotency key. */
export function isReplay(view: object): boolean {
  return replayed.has(view)
}

/**
 * Lets a use case be repeated under a key. The transaction stores the result with its changes; after any
 * failure the key is looked up before the failure is reported, which covers a repetition that the changed
 * books would now refuse, one that ran at the same time, and one whose first answer was lost.
 */
export function idempotent<Input, View extends object>(
  { queries, hashing }: Pick<Ports, 'queries' | 'hashing'>,
  operation: string,
  write: Write<Input, View>,
  { sameness = (input) => input, cover = IN_CLEAR }: Manner<Input> = {},
): (scope: Scope, input: Input) => Promise<View> {
  return async function idempotentWrite(scope, input) {
    checkScope(scope)
    const { ownerId, actorId, idempotencyKey: key } = scope
    if (key === undefined) return write({ ownerId, actorId, idempotency: null }, input)
    const fingerprint = hashing.sha256(canonicalJson([operation, sameness(input)]))
    const toStored = (result: unknown): string => cover.seal(JSON.stringify(result))
    try {
      return await write({ ownerId, actorId, idempotency: { key, fingerprint, toStored } }, input)
    } catch (failure) {
      const stored = await queries.idempotency.find(ownerId, key)
      if (stored === null) throw failure
      if (stored.fingerprint !== fingerprint)
        throw new DomainError('idempotency_key_reused', {}, { cause: failure })
      const view = JSON.parse(cover.open(stored.result))
      replayed.add(view)
      return view
    }
  }
}

/** For what changes a record that was seen: a repetition may carry the version that the first call made. */
export function withoutVersion({ version: _, ...rest }: { readonly version?: unknown }): unknown {
  return rest
}
