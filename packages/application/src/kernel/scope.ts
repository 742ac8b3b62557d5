import { isUuid } from '@daftari/domain'

/** The owner of the books, the actor, and the request. It is the first argument of every use case. */
export interface Scope {
  readonly ownerId: string
  readonly actorId: string
  readonly requestId?: string
  /** Makes a write repeatable: a second call with the same key and input gets the stored answer and changes nothing. */
  readonly idempotencyKey?: string
}

/** An operator of the installation who acts in no owner's books, such as the command line. */
export interface Operator {
  readonly actorId: string
}

/** Throws a `TypeError` when the scope is invalid. The driver built the scope, so this is a defect of the program and not a refusal. */
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
