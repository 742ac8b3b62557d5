import type { Ports } from '../ports.ts'
import { idempotent, type Write } from './idempotency/idempotent.ts'
import type { TransactionScope } from './ports.ts'
import { checkOperator, checkScope, type Operator, type Scope } from './scope.ts'

/** The id of a record and the version that the caller has read. */
interface VersionedTarget {
  readonly version?: unknown
}

type Fields = readonly [unknown?]

/** The kinds of use cases. Each kind checks the scope and handles idempotency keys. */
export type UseCaseKinds = ReturnType<typeof useCaseKinds>

export function useCaseKinds(ports: Pick<Ports, 'queries' | 'hashing' | 'secrets'>) {
  /**
   * A use case that writes. It is repeatable under a key. `sameness` gives the part of the input that a repetition must
   * share with the first call.
   */
  const write = <Input, View extends object>(
    operation: string,
    useCase: Write<Input, View>,
    sameness?: (input: Input) => unknown,
  ) => idempotent(ports, operation, useCase, sameness === undefined ? {} : { sameness })
  /** A use case that changes an existing record. A repetition may name another version than the first call. */
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
  /** A write with a secret in its answer. The stored answer is encrypted. */
  const writeSecret = <Input, View extends object>(operation: string, useCase: Write<Input, View>) =>
    idempotent(ports, operation, useCase, { cover: ports.secrets })
  return { read, write, change, writeSecret, operate }
}

/**
 * What a repetition must share with the first call: the target without its version, and the fields. The two are
 * compared separately, so that a field with the same name as a part of the target still counts.
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
