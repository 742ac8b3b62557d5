import type { KeyUses, Owners } from './access.ts'
import type { DeliveryDesk, DispatchStore, Senders, WakeUps } from './delivery.ts'
import type { Clock, CursorSigner, Hashing, Ids, Random, Secrets, Timer } from './machine.ts'
import type { Queries } from './queries.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** Everything the books need from outside. An adapter package provides all of it. */
export interface Ports {
  readonly unitOfWork: UnitOfWork
  readonly queries: Queries
  readonly owners: Owners
  readonly keyUses: KeyUses
  readonly delivery: DeliveryDesk
  readonly dispatch: DispatchStore
  readonly senders: Senders
  readonly wakeUps: WakeUps
  readonly clock: Clock
  readonly timer: Timer
  readonly ids: Ids
  readonly random: Random
  readonly hashing: Hashing
  readonly cursors: CursorSigner
  readonly secrets: Secrets
}
