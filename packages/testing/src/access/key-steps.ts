import assert from 'node:assert/strict'
import type { ApiKeyWithUse, OwnedApiKey } from '@daftari/application'
import { type ApiKey, isDomainError } from '@daftari/domain'
import { freshId } from '../kernel/fresh.ts'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { anApiKey } from './access-builders.ts'

/** What no other key's hash is. */
export function freshHash({ ports }: OwnerBooks): string {
  return ports.hashing.sha256(freshId())
}

export async function storedKey(
  desk: OwnerBooks,
  overrides: Partial<ApiKey> = {},
  hash: string = freshHash(desk),
): Promise<ApiKey> {
  const key = anApiKey(overrides)
  await change(desk, (tx) => tx.apiKeys.insert(key, hash))
  return key
}

export function listedKeys({ ports, ownerId }: OwnerBooks): Promise<readonly ApiKeyWithUse[]> {
  return ports.queries.apiKeys.list(ownerId, { after: null, limit: 100 })
}

/** What the list says of one key. */
export async function listedKey(desk: OwnerBooks, { id }: ApiKey): Promise<ApiKeyWithUse | undefined> {
  return (await listedKeys(desk)).find(({ key }) => key.id === id)
}

export async function keyOfHash({ ports }: OwnerBooks, hash: string): Promise<OwnedApiKey | null> {
  return (await ports.queries.access.findKeyByHash(hash)) ?? null
}

/** Demands that the attempt fails as a defect of the caller does: with no code of the books. */
export async function plainRefusal(attempt: Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, (reason) => !isDomainError(reason))
}

/** Demands that exactly one of the attempts made at the same time succeeds, and the others fail plainly. */
export async function onlyOnePlainly(attempts: readonly Promise<unknown>[]): Promise<number> {
  const outcomes = await Promise.allSettled(attempts)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.equal(isDomainError(outcome.reason), false)
  }
  const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []))
  assert.equal(winners.length, 1, `${winners.length} of ${attempts.length} succeed`)
  return winners[0] ?? -1
}
