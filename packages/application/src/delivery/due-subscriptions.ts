import type { DispatchStore, Senders } from './ports.ts'

/** Up to this many subscriptions, one claim for all costs no more than a query for those that have a due delivery. */
const FEW = 16
const MAX_PER_CLAIM = 1_000

/**
 * The subscriptions of this process to claim for. When there are many, only those that have a due delivery: with `isAll`
 * all of these, otherwise a limited number in turn.
 */
export async function dueSubscriptions(
  { dispatch, senders }: { readonly dispatch: Pick<DispatchStore, 'waiting'>; readonly senders: Senders },
  isAll: boolean,
): Promise<readonly string[]> {
  const ids = senders.ids()
  if (ids.length <= FEW) return ids
  const due = await dispatch.waiting(isAll ? Number.MAX_SAFE_INTEGER : MAX_PER_CLAIM)
  return due.filter((id) => senders.get(id) !== null)
}
