import { isUuid } from '@daftari/domain'

/** On whose books, by whom, for which request. First argument of every use case. */
export interface Scope {
  readonly ownerId: string
  readonly actorId: string
  readonly requestId?: string
  /** Makes a write repeatable: the same key and input get the first answer again and change nothing. */
  readonly idempotencyKey?: string
}

/** Somebody who operates the installation and acts in no owner's books, such as the command line. */
export interface Operator {
  readonly actorId: string
}

/** Throws plainly when the scope is wrong: the driver built it, so this is a defect and no refusal. */
export function checkScope({ ownerId, actorId, idempotencyKey: key }: Scope): void {
  if (!isUuid(ownerId)) throw new TypeError('scope.ownerId must be a UUID in lower case')
  checkActor('scope', actorId)
  if (key !== undefined && (key.length < 1 || key.length > 255)) {
    throw new TypeError('scope.idempotencyKey has 1 to 255 characters')
  }
}

export function checkOperator({ actorId }: Operator): void {
  checkActor('operator', actorId)
}

function checkActor(holder: string, actorId: unknown): void {
  if (typeof actorId !== 'string' || actorId === '')
    throw new TypeError(`${holder}.actorId must not be empty`)
}
