import type { Ports, Queries, Transaction, TransactionScope } from '@daftari/application'
import { DomainError, type DomainErrorCode, type DomainErrorDetails, isDomainError } from '@daftari/domain'
import { Ledger, type Trace, traced } from './ledger.ts'
import { onQueries, overlay, type QueriesName, type Saboteur } from './overlay.ts'

type When = (trace: Trace, ledger: Ledger) => boolean

interface Watch {
  /** Called when the work has ended well, before its writes are judged; may refuse them. */
  judge?(trace: Trace, ledger: Ledger): void
  /** Called when the transaction is refused; whether it pretends that all is well. */
  pardon?(failure: unknown, trace: Trace, ledger: Ledger): boolean | Promise<boolean>
}

/** Follows all transactions of an adapter. */
export function watching(
  begin: (ports: Ports) => Watch,
  ledger: () => Ledger = () => new Ledger(),
): Saboteur {
  return (ports) => {
    const watch = begin(ports)
    return overlay(ports, { unitOfWork: { transact: followed(ports, watch, ledger()) } })
  }
}

/** Replaces some queries of one kind, knowing what was stored. */
export function onQueriesKnowing<Name extends QueriesName>(
  name: Name,
  replace: (queries: Queries[Name], ledger: Ledger, ports: Ports) => Partial<Queries[Name]>,
): Saboteur {
  return (ports) => {
    const ledger = new Ledger()
    const replaced = onQueries(name, (queries) => replace(queries, ledger, ports))(ports)
    return watching(
      () => ({}),
      () => ledger,
    )(replaced)
  }
}

function followed({ unitOfWork }: Ports, watch: Watch, ledger: Ledger): Ports['unitOfWork']['transact'] {
  return async function transact<Result>(
    scope: TransactionScope,
    work: (tx: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const trace = ledger.begin(scope)
    const kept: Result[] = []
    try {
      kept[0] = await unitOfWork.transact(scope, async (tx) => {
        const result = await work(traced(tx, trace))
        kept[0] = result
        trace.isWorkDone = true
        watch.judge?.(trace, ledger)
        return result
      })
      ledger.stored.push(trace)
    } catch (failure) {
      ledger.refused.push(trace)
      if (!(await watch.pardon?.(failure, trace, ledger))) throw failure
    } finally {
      ledger.underWay.delete(trace)
    }
    return kept[0] as Result
  }
}

/** A constraint that nobody enforces: what it refuses is answered as if it had been stored. */
export function accepting(code: DomainErrorCode | readonly DomainErrorCode[], when: When): Saboteur {
  const codes = [code].flat()
  return watching(() => ({
    pardon: (failure, trace, ledger) =>
      trace.isWorkDone && codes.some((one) => isDomainError(failure, one)) && when(trace, ledger),
  }))
}

/** As `accepting`, where the refusal is a plain one. */
export function acceptingPlainly(when: When): Saboteur {
  return watching(() => ({
    pardon: (failure, trace, ledger) => trace.isWorkDone && !isDomainError(failure) && when(trace, ledger),
  }))
}

/** A constraint that goes too far. */
export function refusing<Code extends DomainErrorCode>(
  code: Code,
  details: DomainErrorDetails[Code],
  when: When,
): Saboteur {
  return watching(() => ({
    judge(trace, ledger) {
      if (when(trace, ledger)) throw new DomainError(code, details)
    },
  }))
}

/** Whether one of the calls, with what was first given to it, is so. */
export function called<Given extends object>(
  { calls }: Trace,
  method: string,
  isSo: (given: Given) => boolean = () => true,
): boolean {
  return calls.some((call) => call.method === method && isSo(call.given[0] as Given))
}

/** Whether these were all the calls. */
export function calledOnly({ calls }: Trace, ...methods: readonly string[]): boolean {
  return calls.map(({ method }) => method).join() === methods.join()
}
