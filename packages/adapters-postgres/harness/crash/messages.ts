/** What the parent tells a child at its birth. */
export interface Orders {
  readonly url: string
  readonly ownerId: string
  readonly expenseIds: readonly string[]
  readonly bug: Bug
}

/** Faults of the algorithm that the harness must find. */
export const BUGS = [
  'write after commit',
  'no head-of-line rule',
  'no fencing token',
  'cursor over a sequence',
  'marked before sent',
  'one lease for a long batch',
] as const

export type Bug = (typeof BUGS)[number] | null

/** One event on its way to the parent. */
export interface Sent {
  readonly kind: 'sent'
  readonly number: number
  readonly eventId: string
  readonly aggregateId: string
  readonly version: number
  readonly shard: number
  readonly token: string
  readonly begunAt: number
}

export type FromChild =
  | { readonly kind: 'ready' }
  | { readonly kind: 'acknowledged'; readonly id: string; readonly version: number }
  | { readonly kind: 'fault'; readonly text: string }
  | Sent

export type FromParent =
  | { readonly kind: 'begin' }
  | { readonly kind: 'write'; readonly isWanted: boolean }
  | { readonly kind: 'answer'; readonly number: number; readonly isAccepted: boolean }
