import type { DispatchStore, Senders } from './ports.ts'

/** A claim that names so few subscriptions costs no more than asking first which of them have something due. */
const FEW = 16
const MOST_AT_ONCE = 1_000

/**
 * The subscriptions of this process that a claim is to name. However many there are, those that have nothing due cost
 * nothing. `isWhole`: all of them, instead of some in turn.
 */
export async function dueSubscriptions(
  { dispatch, senders }: { readonly dispatch: Pick<DispatchStore, 'waiting'>; readonly senders: Senders },
  isWhole: boolean,
): Promise<readonly string[]> {
  const ids = senders.ids()
  if (ids.length <= FEW) return ids
  const due = await dispatch.waiting(isWhole ? Number.MAX_SAFE_INTEGER : MOST_AT_ONCE)
  return due.filter((id) => senders.get(id) !== null)
}
