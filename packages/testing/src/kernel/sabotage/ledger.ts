import type { Transaction, TransactionScope } from '@daftari/application'
import { overlay } from './overlay.ts'

/** One call on a transaction: `categories.insert` and what was given to it. */
export interface Call {
  readonly method: string
  readonly given: readonly unknown[]
}

/** What a saboteur saw of one transaction. */
export interface Trace {
  readonly ownerId: string
  readonly key: string | null
  readonly calls: Call[]
  /** Whether the owner had another transaction under way at some moment of this one. */
  isContended: boolean
  /** Whether the work ended well, so that only its writes can be refused. */
  isWorkDone: boolean
}

/** What a saboteur saw of all transactions. */
export class Ledger {
  readonly stored: Trace[] = []
  readonly refused: Trace[] = []
  readonly underWay: Set<Trace> = new Set()

  begin({ ownerId, idempotency }: TransactionScope): Trace {
    const key = idempotency?.key ?? null
    const rivals = [...this.underWay].filter((other) => other.ownerId === ownerId)
    const isContended = rivals.length > 0
    const trace: Trace = { ownerId, key, calls: [], isContended, isWorkDone: false }
    for (const rival of rivals) rival.isContended = true
    this.underWay.add(trace)
    return trace
  }

  /** What was given first to the stored calls of a method, newest last; of one owner, or of all the others. */
  given<Given>(method: string, ownerId: string, whose: 'own' | 'others' = 'own'): Given[] {
    return this.stored
      .filter((trace) => (trace.ownerId === ownerId) === (whose === 'own'))
      .flatMap(({ calls }) => calls.filter((call) => call.method === method))
      .map(({ given }) => given[0] as Given)
  }

  /** Whether something with this id was stored by such a call. */
  has(method: string, id: string, ownerId: string, whose: 'own' | 'others' = 'own'): boolean {
    return this.given<{ readonly id: string }>(method, ownerId, whose).some((one) => one.id === id)
  }
}

/** The transaction, with every call written down. */
export function traced(tx: Transaction, trace: Trace): Transaction {
  const { categories, expenses, invoices, attachments, settings, apiKeys, events } = tx
  const { subscriptions, deliveries } = tx
  const records = { categories, expenses, invoices, attachments, settings, apiKeys, events }
  const repositories = { ...records, subscriptions, deliveries }
  const replaced = Object.fromEntries(
    Object.entries(repositories).map(([name, repository]) => [name, tracedCalls(name, repository, trace)]),
  )
  return overlay(tx, {
    ...replaced,
    transact(work) {
      trace.calls.push({ method: 'transact', given: [] })
      return tx.transact((nested) => work(traced(nested, trace)))
    },
  })
}

function tracedCalls(name: string, repository: object, trace: Trace): object {
  return new Proxy(Object.create(null), {
    get(_, method) {
      const call: unknown = Reflect.get(repository, method)
      if (typeof call !== 'function') return call
      return (...given: readonly unknown[]) => {
        trace.calls.push({ method: `${name}.${String(method)}`, given })
        return call.apply(repository, given)
      }
    },
  })
}
