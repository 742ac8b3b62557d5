import type { Ports, Transaction, TransactionScope } from '@daftari/application'
import { overlay, type RepositoryName, type Saboteur } from './overlay.ts'

/** What a saboteur does within one transaction; it may remember things between its calls. */
export interface Mischief {
  /** Called for the transaction and for each that is nested in it, outermost first. */
  wrap?(tx: Transaction, depth: number): Partial<Transaction>
  /** Called when the work has ended well. */
  end?(tx: Transaction): void | Promise<void>
}

/** Replaces parts of every transaction. */
export function onTransactions(begin: (scope: TransactionScope, ports: Ports) => Mischief): Saboteur {
  return (ports) => {
    const { unitOfWork } = ports
    return overlay(ports, {
      unitOfWork: {
        transact: (scope, work) =>
          unitOfWork.transact(scope, async (tx) => {
            const mischief = begin(scope, ports)
            const result = await work(wrapped(tx, mischief, 0))
            await mischief.end?.(tx)
            return result
          }),
      },
    })
  }
}

/** Replaces parts of one repository. */
export function onRepository<Name extends RepositoryName>(
  name: Name,
  replace: (
    repository: Transaction[Name],
    tx: Transaction,
    scope: TransactionScope,
    ports: Ports,
  ) => Partial<Transaction[Name]>,
): Saboteur {
  return onTransactions((scope, ports) => ({
    wrap(tx) {
      const replaced = { [name]: overlay(tx[name], replace(tx[name], tx, scope, ports)) }
      return replaced as Partial<Transaction>
    },
  }))
}

/** Replaces how a transaction is nested in another; `depth` is 1 for one nested in the outermost. */
export function onNested(
  transact: <Result>(
    tx: Transaction,
    work: (tx: Transaction) => Promise<Result>,
    depth: number,
  ) => Promise<Result>,
): Saboteur {
  return onTransactions(() => ({
    wrap: (tx, depth) => ({ transact: (work) => transact(tx, work, depth + 1) }),
  }))
}

function wrapped(tx: Transaction, mischief: Mischief, depth: number): Transaction {
  const nesting = overlay(tx, {
    transact: (work) => tx.transact((nested) => work(wrapped(nested, mischief, depth + 1))),
  })
  return overlay(nesting, mischief.wrap?.(nesting, depth) ?? {})
}
