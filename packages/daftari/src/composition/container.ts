import 'reflect-metadata'
import { instanceCachingFactory, container as root } from 'tsyringe'
import type { Token } from './tokens.ts'

/** Makes a value from other values of the container. It is called once, when the value is first resolved. */
export type Factory<Value> = (container: Resolver) => Value

export interface Resolver {
  resolve<Value>(token: Token<Value>): Value
}

/** A container of the parts of the program. */
export interface Container extends Resolver {
  /**
   * Registers the factory of `token` and replaces an earlier one. Throws when the value was already resolved, because
   * other objects may hold it. `dispose` is called with the value when the container is disposed of.
   */
  register<Value>(
    token: Token<Value>,
    factory: Factory<Value>,
    dispose?: (value: Value) => Promise<void> | void,
  ): void
  /** Disposes of all values, the last made first. When one disposal fails, the others still run. Afterwards nothing can be resolved. */
  dispose(): Promise<void>
}

type Disposal = () => Promise<void> | void

export function emptyContainer(): Container {
  // A child container is used, so that the root container, which all users of tsyringe in this process share, stays
  // unchanged.
  const registrations = root.createChildContainer()
  const made = new Set<symbol>()
  const disposals: Disposal[] = []
  let isDisposed = false

  const container: Container = {
    resolve({ key, name }) {
      if (isDisposed) throw new Error(`The container was disposed of, so ${name} cannot be resolved`)
      if (!registrations.isRegistered(key)) throw new Error(`${name} is not registered in the container`)
      return registrations.resolve(key)
    },
    register({ key, name }, factory, dispose) {
      if (made.has(key))
        throw new Error(
          `${name} was already resolved and cannot be replaced. Register the replacement earlier`,
        )
      const useFactory = instanceCachingFactory(() => {
        const value = factory(container)
        made.add(key)
        if (dispose !== undefined) disposals.push(() => dispose(value))
        return value
      })
      registrations.register(key, { useFactory })
    },
    async dispose() {
      if (isDisposed) return
      isDisposed = true
      await disposeAll(disposals.toReversed())
    },
  }
  return container
}

async function disposeAll(disposals: readonly Disposal[]): Promise<void> {
  const failures: unknown[] = []
  for (const dispose of disposals) {
    try {
      await dispose()
    } catch (failure) {
      failures.push(failure)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, 'Some parts of the container could not be disposed of')
}
