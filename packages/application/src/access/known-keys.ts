import { type KeptAnswers, keptAnswers } from '../kernel/kept-answers.ts'
import type { Ports } from '../ports.ts'
import type { OwnedApiKey } from './ports.ts'

/** The keys that calls come in with, by hash: a key revoked elsewhere opens no longer than an answer is kept. */
export type KnownKeys = KeptAnswers<OwnedApiKey | null>

export function knownKeys({ queries, clock }: Pick<Ports, 'queries' | 'clock'>): KnownKeys {
  return keptAnswers(
    clock,
    (hash) => queries.access.findKeyByHash(hash),
    (key) => key === null,
  )
}
