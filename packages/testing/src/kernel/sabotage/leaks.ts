import type { Queries, Transaction, TransactionScope } from '@daftari/application'
import { onQueries, type QueriesName, type RepositoryName, type Saboteur } from './overlay.ts'
import { onRepository, onTransactions } from './transactions.ts'

/** How what the other owners have is mixed into what the owner has. */
export type Mix = (own: unknown, others: readonly unknown[]) => unknown

export const orTheirs: Mix = (own, others) => own ?? others.find((other) => other !== null) ?? null
export const withTheirs: Mix = (own, others) => [own, ...others].flat()
export const elseTheirs: Mix = (own, others) => (Array.isArray(own) && own.length > 0 ? own : others.flat())

export type Method = (...given: readonly unknown[]) => Promise<unknown>

export function methodOf(target: object, name: string): Method {
  const method: unknown = Reflect.get(target, name)
  if (typeof method !== 'function') throw new TypeError(`there is no ${name}`)
  return (...given) => method.apply(target, given)
}

/** Notes down whose transactions there are. */
function meeting(owners: Set<string>): Saboteur {
  return onTransactions(({ ownerId }) => {
    owners.add(ownerId)
    return {}
  })
}

/** Forgets the owner's condition in one query. */
export function leakingQuery<Name extends QueriesName>(
  kind: Name,
  name: keyof Queries[Name] & string,
  mix: Mix,
): Saboteur {
  return (ports) => {
    const owners = new Set<string>()
    const leaky = onQueries(kind, (queries) => {
      const query = methodOf(queries, name)
      const mixed: Method = async (ownerId, ...given) => {
        const others = [...owners].filter((owner) => owner !== ownerId)
        return mix(
          await query(ownerId, ...given),
          await Promise.all(others.map((other) => query(other, ...given))),
        )
      }
      return { [name]: mixed } as Partial<Queries[Name]>
    })
    return leaky(meeting(owners)(ports))
  }
}

/** Forgets the owner's condition in one thing that a transaction reads. */
export function leakingRead<Name extends RepositoryName>(
  kind: Name,
  name: keyof Transaction[Name] & string,
  mix: Mix,
): Saboteur {
  return (ports) => {
    const owners = new Set<string>()
    const theirs = (mine: TransactionScope, given: readonly unknown[]): Promise<unknown[]> =>
      Promise.all(
        [...owners]
          .filter((owner) => owner !== mine.ownerId)
          .map((ownerId) =>
            ports.unitOfWork.transact({ ...mine, ownerId, idempotency: null }, (tx) =>
              methodOf(tx[kind], name)(...given),
            ),
          ),
      )
    const leaky = onRepository(kind, (repository, _, scope) => {
      const read = methodOf(repository, name)
      const mixed: Method = async (...given) => mix(await read(...given), await theirs(scope, given))
      return { [name]: mixed } as Partial<Transaction[Name]>
    })
    return leaky(meeting(owners)(ports))
  }
}
