import { type KeptAnswers, keptAnswers } from '../kernel/kept-answers.ts'
import type { Ports } from '../ports.ts'
import type { OwnedApiKey } from './ports.ts'

/** A cache of API keys by hash. A key that another process revokes is accepted here until the cached answer expires. */
export type KnownKeys = KeptAnswers<OwnedApiKey | null>

export function knownKeys({ queries, clock }: Pick<Ports, 'queries' | 'clock'>): KnownKeys {
  return keptAnswers(
    clock,
    (hash) => queries.access.findKeyByHash(hash),
    (key) => key === null,
  )
}
