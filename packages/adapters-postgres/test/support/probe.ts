import type { Transaction } from '@daftari/application'
import { at } from '@daftari/testing'
import type { PostgresAdapters } from '../../src/index.ts'
import type { ForeignBooks } from './foreign-books.ts'

/** An owner who has nothing, and the books of another. */
export interface Trespass {
  readonly ports: PostgresAdapters
  readonly ownerId: string
  readonly theirs: ForeignBooks
}

/** One call with the ids of another owner. */
export interface Probe {
  call(trespass: Trespass): Promise<unknown>
  /** What it finds, when it finds nothing. */
  readonly nothing?: (ownerId: string) => unknown
  /** It can only be refused, with this code. */
  readonly refusal?: string
  /** Whether nothing but a wall keeps it from what is theirs; otherwise it has no way to name it. */
  readonly needsWalls: boolean
}

/** By the method that each probe calls; where it goes several ways, each by a name of its own. */
export type Probes = Readonly<Record<string, Probe>>

export const PAGE = { after: null, limit: 100 }
export const NOW = at('2026-11-21T10:00:00.000Z')

export function reads(call: Probe['call'], nothing: unknown): Probe {
  return { call, nothing: () => nothing, needsWalls: true }
}

export function inTx<Result>(
  { ports, ownerId }: Trespass,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  return ports.unitOfWork.transact({ ownerId, actorId: 'a-trespasser', idempotency: null }, work)
}

export function txReads(
  read: (tx: Transaction, theirs: ForeignBooks) => Promise<unknown>,
  nothing: unknown,
): Probe {
  return reads((trespass) => inTx(trespass, (tx) => read(tx, trespass.theirs)), nothing)
}

export function txWrites(write: (tx: Transaction, theirs: ForeignBooks) => void, refusal: string): Probe {
  return {
    call: (trespass) => inTx(trespass, async (tx) => write(tx, trespass.theirs)),
    refusal,
    needsWalls: true,
  }
}

/** Writes a row of one's own, under the id of theirs. */
export function txInserts(insert: (tx: Transaction, theirs: ForeignBooks) => void): Probe {
  return {
    call: (trespass) => inTx(trespass, async (tx) => insert(tx, trespass.theirs)),
    nothing: () => undefined,
    needsWalls: false,
  }
}
