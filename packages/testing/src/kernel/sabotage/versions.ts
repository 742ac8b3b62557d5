import { accepting, called } from './constraints.ts'
import type { Ledger, Trace } from './ledger.ts'
import type { Saboteur } from './overlay.ts'

type Kind = 'categories' | 'expenses' | 'invoices' | 'apiKeys'
type Circumstance = 'stale' | 'gone' | 'unknown' | 'foreign'

/** Where a row with the id is to be looked for. */
function circumstance({ ownerId }: Trace, ledger: Ledger, kind: Kind, id: string): Circumstance {
  if (ledger.has(`${kind}.delete`, id, ownerId)) return 'gone'
  if (ledger.has(`${kind}.insert`, id, ownerId)) return 'stale'
  return ledger.has(`${kind}.insert`, id, ownerId, 'others') ? 'foreign' : 'unknown'
}

/** Does not notice that a write met no row, in one circumstance. */
export function blindTo(kind: Kind, method: 'update' | 'delete', wanted: Circumstance): Saboteur {
  return accepting(
    'concurrent_change',
    (trace, ledger) =>
      !trace.isContended &&
      called<{ id: string }>(trace, `${kind}.${method}`, ({ id }) => {
        return circumstance(trace, ledger, kind, id) === wanted
      }),
  )
}

/** Does not notice that another transaction was faster. */
export function lastWins(kind: Kind | 'settings', method: 'update' | 'delete'): Saboteur {
  return accepting('concurrent_change', (trace) => trace.isContended && called(trace, `${kind}.${method}`))
}
