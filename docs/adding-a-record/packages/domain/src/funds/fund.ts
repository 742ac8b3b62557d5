import type { Instant } from '../kernel/calendar/instant.ts'
import type { Decision } from '../kernel/events/decision.ts'
import { created, type Fact } from '../kernel/events/fact.ts'
import type { Id } from '../kernel/identity/id.ts'
import { firstVersion, type Recorded } from '../kernel/identity/recorded.ts'

export type FundId = Id<'fund'>

/** Money that was given for one purpose. */
export interface Fund extends Recorded {
  readonly id: FundId
  readonly name: string
}

export type FundEvent = Fact<'fund.created', 'fund', Fund>

export interface NewFund {
  readonly id: FundId
  readonly name: string
  readonly at: Instant
  readonly by: string
}

export function createFund({ id, name, at, by }: NewFund): Decision<Fund, FundEvent> {
  const state: Fund = { id, name, ...firstVersion(at, by) }
  return { state, events: [created('fund.created', 'fund', state)] }
}
