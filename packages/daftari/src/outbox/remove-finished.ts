import type { Ports } from '@daftari/application'

/** A small batch, so that other transactions do not wait long for its locks. */
const AT_ONCE = 1000

/**
 * Removes deliveries that were finished longer ago, in batches. Returns the number of removed deliveries, or in a dry
 * run of those that would be removed.
 */
export async function removeFinished(
  dispatch: Ports['dispatch'],
  olderThanMs: number,
  isDryRun = false,
): Promise<number> {
  let count = await dispatch.clean(olderThanMs, AT_ONCE, isDryRun)
  for (let last = count; !isDryRun && last === AT_ONCE; count += last) {
    last = await dispatch.clean(olderThanMs, AT_ONCE, false)
  }
  return count
}
