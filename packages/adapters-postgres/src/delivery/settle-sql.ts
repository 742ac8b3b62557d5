import { BREAKER_OPENS_AFTER, BREAKER_PAUSES_MS, type Outcome } from '@daftari/application'
import { arrayLiteral } from '../kernel/sql/array-literal.ts'

type Delivered = Extract<Outcome, { result: 'delivered' }>
type Other = Exclude<Outcome, Delivered>

export const SETTLE = `select daftari.settle_deliveries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
  $16, $17, $18, $19) as counted`

/**
 * The arguments of `settle_deliveries`. The first two arrays contain each subscription once; an outcome refers to it by
 * its index, from 1. Outcomes are split into delivered ones and others, and each of the two is passed as columns.
 */
export function settleValues(outcomes: readonly Outcome[]): readonly unknown[] {
  const delivered: readonly Delivered[] = outcomes.filter((outcome) => outcome.result === 'delivered')
  const others: readonly Other[] = outcomes.filter((outcome) => outcome.result !== 'delivered')
  const indexes = new Map<string, number>()
  const ownerIds: string[] = []
  for (const { claimed } of outcomes) {
    if (indexes.has(claimed.subscriptionId)) continue
    ownerIds.push(claimed.ownerId)
    indexes.set(claimed.subscriptionId, ownerIds.length)
  }
  return [
    arrayLiteral(ownerIds),
    arrayLiteral([...indexes.keys()]),
    ...sharedColumns(delivered, indexes),
    ...sharedColumns(others, indexes),
    arrayLiteral(others.map(({ claimed }) => claimed.attempts)),
    arrayLiteral(others.map(({ result }) => result)),
    others.map((outcome) => (outcome.result === 'released' ? null : outcome.error)),
    arrayLiteral(others.map((outcome) => (outcome.result === 'failed' ? outcome.retryInMs : 0))),
    arrayLiteral(others.map(({ claimed }) => claimed.isProbe)),
    BREAKER_OPENS_AFTER,
    BREAKER_PAUSES_MS,
  ]
}

function sharedColumns(
  outcomes: readonly Outcome[],
  indexes: ReadonlyMap<string, number>,
): readonly string[] {
  return [
    arrayLiteral(outcomes.map(({ claimed }) => indexes.get(claimed.subscriptionId) ?? 0)),
    arrayLiteral(outcomes.map(({ claimed }) => claimed.event.id)),
    arrayLiteral(outcomes.map(({ claimed }) => claimed.token)),
    arrayLiteral(outcomes.map(({ at }) => at)),
    arrayLiteral(outcomes.map(({ durationMs }) => durationMs)),
  ]
}
