import type { Breakage } from './breakage.ts'
import type { Contract } from './contract.ts'
import { leakingQuery, leakingRead, methodOf, orTheirs, withTheirs } from './sabotage/leaks.ts'
import { onQueries, type Saboteur, type Saboteurs } from './sabotage/overlay.ts'
import { onRepository } from './sabotage/transactions.ts'

/** The saboteurs of all cases that say by themselves how they are broken. */
export function breakageSaboteurs(contracts: readonly Contract[]): Saboteurs {
  const cases = contracts.flatMap((contract) => contract.cases)
  return Object.fromEntries(
    cases.flatMap(({ name, brokenBy }) => (brokenBy === undefined ? [] : [[name, saboteurOf(brokenBy)]])),
  )
}

/** `method` is one of the object that it is named with, which the compiler does not follow through a union. */
function saboteurOf(breakage: Breakage): Saboteur {
  const { gives, method } = breakage
  if ('queries' in breakage) {
    if (gives === 'theirs') return leakingQuery(breakage.queries, method as never, alsoTheirs)
    return onQueries(breakage.queries, (queries) => wrongly(queries, method, gives))
  }
  if (gives === 'theirs') return leakingRead(breakage.repository, method as never, alsoTheirs)
  return onRepository(breakage.repository, (repository) => wrongly(repository, method, gives))
}

function alsoTheirs(own: unknown, others: readonly unknown[]): unknown {
  return Array.isArray(own) ? withTheirs(own, others) : orTheirs(own, others)
}

function wrongly<Target extends object>(
  target: Target,
  name: string,
  gives: 'nothing' | 'reversed',
): Partial<Target> {
  const method = methodOf(target, name)
  const broken = async (...given: readonly unknown[]): Promise<unknown> => {
    const answer = await method(...given)
    if (!Array.isArray(answer)) return null
    return gives === 'nothing' ? [] : answer.toReversed()
  }
  return { [name]: broken } as Partial<Target>
}
