import type { Ports } from '../ports.ts'
import { idempotent, type Write } from './idempotency/idempotent.ts'
import type { TransactionScope } from './ports.ts'
import { checkOperator, checkScope, type Operator, type Scope } from './scope.ts'

/** Names a record, and the version of it that the caller has seen. */
interface VersionedTarget {
  readonly version?: unknown
}

type Fields = readonly [unknown?]

/** The kinds of use cases. Each kind checks the scope, and decides what may be repeated under a key. */
export type UseCaseKinds = ReturnType<typeof useCaseKinds>

export function useCaseKinds(ports: Pick<Ports, 'queries' | 'hashing' | 'secrets'>) {
  /** Changes the books; repeatable under a key. `sameness` is what a repetition has in common with the first call. */
  const write = <Input, View extends object>(
    operation: string,
    useCase: Write<Input, View>,
    sameness?: (input: Input) => unknown,
  ) => idempotent(ports, operation, useCase, sameness === undefined ? {} : { sameness })
  /** Changes a record that was seen: a repetition may name another version. */
  function change<Target extends VersionedTarget, Rest extends Fields, View extends object>(
    operation: string,
    useCase: (scope: TransactionScope, target: Target, ...rest: Rest) => Promise<View>,
  ): (scope: Scope, target: Target, ...rest: Rest) => Promise<View> {
    type Change = { readonly target: Target; readonly rest: Rest }
    const carryOut: Write<Change, View> = (scope, { target, rest }) => useCase(scope, target, ...rest)
    const once = idempotent(ports, operation, carryOut, {
      sameness: ({ target, rest }) => sameChange(target, rest[0]),
    })
    return (scope, target, ...rest) => once(scope, { target, rest })
  }
  /** A write whose answer holds a secret, which is remembered sealed. */
  const writeSecret = <Input, View extends object>(operation: string, useCase: Write<Input, View>) =>
    idempotent(ports, operation, useCase, { cover: ports.secrets })
  return { read, write, change, writeSecret, operate }
}

/**
 * What a repetition must have in common with the first call: the target, whatever its version, and the fields.
 * Fields that hide a part of the target are compared beside it, so that they count as another change.
 */
function sameChange({ version: _, ...target }: VersionedTarget, fields: unknown): unknown {
  if (fields === undefined) return target
  const isRecord = typeof fields === 'object' && fields !== null && !Array.isArray(fields)
  const hides = isRecord && ['version', ...Object.keys(target)].some((name) => Object.hasOwn(fields, name))
  return isRecord && !hides ? { ...fields, ...target } : [target, fields]
}

/** A use case that only reads. It ignores an idempotency key in its scope. */
function read<Rest extends readonly unknown[], View>(
  useCase: (scope: Scope, ...rest: Rest) => Promise<View>,
): (scope: Scope, ...rest: Rest) => Promise<View> {
  return async function read(scope, ...rest) {
    checkScope(scope)
    return useCase(scope, ...rest)
  }
}

/** A use case for operators. It belongs to no owner, and there is no route to it. */
function operate<Rest extends readonly unknown[], View>(
  useCase: (operator: Operator, ...rest: Rest) => Promise<View>,
): (operator: Operator, ...rest: Rest) => Promise<View> {
  return async function operate(operator, ...rest) {
    checkOperator(operator)
    return useCase(operator, ...rest)
  }
}
