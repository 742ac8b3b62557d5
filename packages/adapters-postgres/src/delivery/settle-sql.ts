import { BREAKER_OPENS_AFTER, BREAKER_PAUSES_MS, type Outcome } from '@daftari/application'
import { arrayLiteral } from '../kernel/sql/array-literal.ts'

type Arrived = Extract<Outcome, { result: 'delivered' }>
type Other = Exclude<Outcome, Arrived>

export const SETTLE = `select daftari.settle_deliveries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
  $16, $17, $18, $19) as counted`

/** What arrived, column by column, and then the rest. Whose an outcome is stands once, and is counted from one. */
export function settleValues(outcomes: readonly Outcome[]): readonly unknown[] {
  const arrived = outcomes.filter((outcome) => outcome.result === 'delivered')
  const others: readonly Other[] = outcomes.filter((outcome) => outcome.result !== 'delivered')
  const places = new Map<string, number>()
  const owners: string[] = []
  for (const { claimed } of outcomes) {
    if (places.has(claimed.subscriptionId)) continue
    owners.push(claimed.ownerId)
    places.set(claimed.subscriptionId, owners.length)
  }
  return [
    arrayLiteral(owners),
    arrayLiteral([...places.keys()]),
    ...common(arrived, places),
    ...common(others, places),
    arrayLiteral(others.map(({ claimed }) => claimed.attempts)),
    arrayLiteral(others.map(({ result }) => result)),
    others.map((outcome) => (outcome.result === 'released' ? null : outcome.error)),
    arrayLiteral(others.map((outcome) => (outcome.result === 'failed' ? outcome.retryInMs : 0))),
    arrayLiteral(others.map(({ claimed }) => claimed.isProbe)),
    BREAKER_OPENS_AFTER,
    BREAKER_PAUSES_MS,
  ]
}

function common(outcomes: readonly Outcome[], places: ReadonlyMap<string, number>): readonly string[] {
  return [
    arrayLiteral(outcomes.map(({ claimed }) => places.get(claimed.subscriptionId) ?? 0)),
    arrayLiteral(outcomes.map(({ claimed }) => claimed.event.id)),
    arrayLiteral(outcomes.map(({ claimed }) => claimed.token)),
    arrayLiteral(outcomes.map(({ at }) => at)),
    arrayLiteral(outcomes.map(({ durationMs }) => durationMs)),
  ]
}
