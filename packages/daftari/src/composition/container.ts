import 'reflect-metadata'
import { instanceCachingFactory, container as root } from 'tsyringe'
import type { Token } from './tokens.ts'

/** Makes a value out of others. It is called once, when the value is first asked for. */
export type Factory<Value> = (container: Resolver) => Value

export interface Resolver {
  resolve<Value>(token: Token<Value>): Value
}

/** What the program is composed of. */
export interface Container extends Resolver {
  /**
   * Says how `token` is made, in place of what was said before. What has been resolved already is no longer
   * replaced: others hold it. `dispose` is called with the value when the container is disposed of.
   */
  register<Value>(
    token: Token<Value>,
    factory: Factory<Value>,
    dispose?: (value: Value) => Promise<void> | void,
  ): void
  /** Gives back what was made, last made first, every one even when another fails. Afterwards nothing is resolved. */
  dispose(): Promise<void>
}

type Disposal = () => Promise<void> | void

export function emptyContainer(): Container {
  // A child, so that the container that every user of tsyringe in this process shares gets no registration.
  const registrations = root.createChildContainer()
  const made = new Set<symbol>()
  const disposals: Disposal[] = []
  let isDisposed = false

  const container: Container = {
    resolve({ key, name }) {
      if (isDisposed) throw new Error(`The container is disposed of; ${name} cannot be resolved`)
      if (!registrations.isRegistered(key)) throw new Error(`Nothing is registered as ${name}`)
      return registrations.resolve(key)
    },
    register({ key, name }, factory, dispose) {
      if (made.has(key)) throw new Error(`${name} is in use and cannot be replaced any more`)
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
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be disposed of')
}
