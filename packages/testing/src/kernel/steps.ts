import assert from 'node:assert/strict'
import type { Transaction, TransactionScope } from '@daftari/application'
import { type DomainErrorCode, type DomainErrorDetails, isDomainError } from '@daftari/domain'
import type { Harness } from './contract.ts'

/** The books that a step is taken in. */
export type OwnerBooks = Pick<Harness, 'ports' | 'ownerId'>

/** The books of the other owner. */
export function otherBooks({ ports, otherOwnerId }: Harness): OwnerBooks {
  return { ports, ownerId: otherOwnerId }
}

export function scopeOf({ ownerId }: OwnerBooks, key: string | null = null): TransactionScope {
  const idempotency = key === null ? null : { key, fingerprint: `print of ${key}`, toStored: storedText }
  return { ownerId, actorId: 'an-actor', idempotency }
}

/** Work that returns nothing is remembered as nothing. */
function storedText(result: unknown): string {
  return JSON.stringify(result ?? null)
}

/** One transaction in these books. */
export function change(desk: OwnerBooks, work: (tx: Transaction) => unknown): Promise<void> {
  return desk.ports.unitOfWork.transact(scopeOf(desk), async (tx) => {
    await work(tx)
  })
}

/** What is read within a transaction of its own. */
export function look<Found>(desk: OwnerBooks, read: (tx: Transaction) => Promise<Found>): Promise<Found> {
  return desk.ports.unitOfWork.transact(scopeOf(desk), read)
}

/** Demands that the attempt is refused with this code, and gives the details. */
export async function refusal<Code extends DomainErrorCode>(
  attempt: Promise<unknown>,
  code: Code,
): Promise<DomainErrorDetails[Code]> {
  const [outcome] = await Promise.allSettled([attempt])
  assert.equal(outcome.status, 'rejected', `is not refused with ${code}`)
  return refusedWith(outcome.reason, code)
}

/** Demands that exactly one of the attempts made at the same time succeeds, and the others are refused so. */
export async function onlyOneOf(
  attempts: readonly Promise<unknown>[],
  ...codes: readonly DomainErrorCode[]
): Promise<number> {
  const outcomes = await Promise.allSettled(attempts)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected' && !codes.some((code) => isDomainError(outcome.reason, code))) {
      throw outcome.reason
    }
  }
  const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
  assert.equal(winners.length, 1, `${winners.length} of ${attempts.length} succeed`)
  return winners[0] ?? -1
}

function refusedWith<Code extends DomainErrorCode>(failure: unknown, code: Code): DomainErrorDetails[Code] {
  if (!isDomainError(failure, code)) throw failure
  return failure.details
}
