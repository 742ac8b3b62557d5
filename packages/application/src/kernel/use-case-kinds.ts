import type { Ports } from '../ports.ts'
import { idempotent, type Write, withoutVersion } from './idempotency/idempotent.ts'
import { checkOperator, checkScope, type Operator, type Scope } from './scope.ts'

/** What names the version that was seen. */
interface VersionedInput {
  readonly version?: unknown
}

/** How a use case is offered: each kind checks who asks, and what may be repeated. */
export type UseCaseKinds = ReturnType<typeof useCaseKinds>

export function useCaseKinds(ports: Pick<Ports, 'queries' | 'hashing' | 'secrets'>) {
  /** Changes the books; repeatable under a key. */
  const write = <Input, View extends object>(operation: string, useCase: Write<Input, View>) =>
    idempotent(ports, operation, useCase)
  /** Changes a record that was seen: a repetition may name another version. */
  const change = <Input extends VersionedInput, View extends object>(
    operation: string,
    useCase: Write<Input, View>,
  ) => idempotent(ports, operation, useCase, { sameness: withoutVersion })
  /** A write whose answer holds a secret, which is remembered sealed. */
  const writeSecret = <Input, View extends object>(operation: string, useCase: Write<Input, View>) =>
    idempotent(ports, operation, useCase, { cover: ports.secrets })
  return { read, write, change, writeSecret, operate }
}

/** A use case that only looks: an idempotency key in its scope means nothing to it. */
function read<Rest extends readonly unknown[], View>(
  useCase: (scope: Scope, ...rest: Rest) => Promise<View>,
): (scope: Scope, ...rest: Rest) => Promise<View> {
  return async function read(scope, ...rest) {
    checkScope(scope)
    return useCase(scope, ...rest)
  }
}

/** A use case above all books, which is under nobody's scope and offered to nobody over HTTP. */
function operate<Rest extends readonly unknown[], View>(
  useCase: (operator: Operator, ...rest: Rest) => Promise<View>,
): (operator: Operator, ...rest: Rest) => Promise<View> {
  return async function operate(operator, ...rest) {
    checkOperator(operator)
    return useCase(operator, ...rest)
  }
}
