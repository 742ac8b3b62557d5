import { DomainError } from '@daftari/domain'
import type { Ports } from '../../ports.ts'
import type { Hashing, Secrets, TransactionScope } from '../ports.ts'
import { checkScope, type Scope } from '../scope.ts'
import { canonicalJson } from './canonical-json.ts'
import { type HashedStream, hashedStream, isStream } from './hashed-stream.ts'

/** A use case that changes the books. */
export type Write<Input, View> = (scope: TransactionScope, input: Input) => Promise<View>

interface IdempotentOptions<Input> {
  /** The part of the input that a repetition must share with the first call. */
  readonly sameness?: (input: Input) => unknown
  /** Encrypts a result that holds a secret before it is stored. */
  readonly cover?: Secrets
}

const WITHOUT_ENCRYPTION: Secrets = { seal: (text) => text, open: (text) => text }

const replayed = new WeakSet<object>()

/** Whether this view is the stored answer of an earlier call with the same idempotency key. */
export function isReplay(view: object): boolean {
  return replayed.has(view)
}

/**
 * Makes a use case repeatable under an idempotency key. The transaction stores the result together with the changes.
 * After any failure, the key is looked up before the failure is reported. This covers three cases: a repetition that
 * would now be refused because of the first call, a repetition that ran concurrently, and a first call whose answer was
 * lost.
 */
export function idempotent<Input, View extends object>(
  { queries, hashing }: Pick<Ports, 'queries' | 'hashing'>,
  operation: string,
  write: Write<Input, View>,
  { sameness = (input) => input, cover = WITHOUT_ENCRYPTION }: IdempotentOptions<Input> = {},
): (scope: Scope, input: Input) => Promise<View> {
  return async function idempotentWrite(scope, input) {
    checkScope(scope)
    const { ownerId, actorId, idempotencyKey: key } = scope
    if (key === undefined) return write({ ownerId, actorId, idempotency: null }, input)
    const { given, facts, finish } = withHashedStreams(input, hashing)
    const fingerprint = (): string => hashing.sha256(canonicalJson([operation, sameness(facts())]))
    const toStored = (result: unknown): string => cover.seal(JSON.stringify(result))
    const remembered = {
      key,
      toStored,
      get fingerprint() {
        return fingerprint()
      },
    }
    try {
      return await write({ ownerId, actorId, idempotency: remembered }, given)
    } catch (failure) {
      const stored = await queries.idempotency.find(ownerId, key)
      if (stored === null) throw failure
      await finish()
      if (stored.fingerprint !== fingerprint())
        throw new DomainError('idempotency_key_reused', {}, { cause: failure })
      const view = JSON.parse(cover.open(stored.result))
      replayed.add(view)
      return view
    }
  }
}

/** Replaces the streams of an input. Their content is hashed while it is read, so the hash is known only at the end. */
function withHashedStreams<Input>(input: Input, hashing: Hashing) {
  const streams = new Map<string, HashedStream>()
  for (const [name, value] of Object.entries(input ?? {})) {
    if (isStream(value)) streams.set(name, hashedStream(value, hashing))
  }
  const mapStreams = (map: (stream: HashedStream) => unknown): Input => {
    if (streams.size === 0) return input
    return { ...input, ...Object.fromEntries([...streams].map(([name, stream]) => [name, map(stream)])) }
  }
  return {
    given: mapStreams(({ pieces }) => pieces),
    facts: () => mapStreams((stream) => ({ sha256: stream.hash() })),
    async finish(): Promise<void> {
      for (const stream of streams.values()) await stream.finish()
    },
  }
}
