import type { Ports } from '@daftari/application'

/** Few enough that nobody waits for their locks. */
const AT_ONCE = 1000

/** Removes deliveries that were finished longer ago, some at a time. How many, or how many it would. */
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
