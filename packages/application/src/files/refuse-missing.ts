import { DomainError } from '@daftari/domain'

const MOST_MISSING = 20
const MOST_MISSING_SHARE = 0.01

/** Stops upkeep when so many files are missing that the store is probably another one. @throws unavailable */
export function refuseMissing(missing: number, known: number, done: 'removed' | 'moved'): void {
  if (missing <= MOST_MISSING && missing <= known * MOST_MISSING_SHARE) return
  const message = `${missing} of ${known} files are missing in the store. Nothing was ${done}: is it the right one, and is its disk mounted?`
  throw new DomainError('unavailable', {}, { message })
}
