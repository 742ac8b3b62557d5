import { DomainError, isDomainError } from '@daftari/domain'

/** The version that the caller has read, or `*` for any version. */
export type Precondition = number | '*'

/** @throws precondition_required, concurrent_change */
export function requireVersion(
  kind: string,
  record: { readonly id: string; readonly version: number },
  expected: Precondition | undefined,
): void {
  const { id, version } = record
  if (expected === undefined) throw new DomainError('precondition_required', { kind, id })
  if (expected !== '*' && expected !== version) throw new DomainError('concurrent_change', { kind, id })
}

const MOST_TRIES = 5

/**
 * Runs `work`. If the caller named a version, a concurrent change is reported. If it named none, the work is retried on
 * the new state, because the caller has not seen any state that could be stale.
 */
export async function onVersion<Result>(
  expected: Precondition | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const isFinal = typeof expected === 'number' || tries === MOST_TRIES
      if (isFinal || !isDomainError(error, 'concurrent_change')) throw error
    }
  }
}
