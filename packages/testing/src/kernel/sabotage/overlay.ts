import type { Ports, Queries, Transaction } from '@daftari/application'

/** Breaks one promise of the adapter it is given, and keeps all others. */
export type Saboteur<Given = Ports> = (ports: Given) => Given

/** By the name of the case that each of them fails. */
export type Saboteurs<Given = Ports> = Readonly<Record<string, Saboteur<Given>>>

/** The same object with some of its properties replaced. Methods keep their `this`. */
export function overlay<Target extends object>(target: Target, replaced: Partial<Target>): Target {
  // A frozen target would forbid its own proxy to answer anything else, so the proxy stands before nothing.
  const shell: Target = Object.create(null)
  return new Proxy(shell, {
    get(_, name) {
      if (Object.hasOwn(replaced, name)) return Reflect.get(replaced, name)
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

export type QueriesName = keyof Queries
export type RepositoryName = Exclude<keyof Transaction, 'transact'>

/** Replaces some queries of one kind. */
export function onQueries<Name extends QueriesName>(
  name: Name,
  replace: (queries: Queries[Name], ports: Ports) => Partial<Queries[Name]>,
): Saboteur {
  return (ports) => {
    const { queries } = ports
    const replaced = { [name]: overlay(queries[name], replace(queries[name], ports)) }
    return overlay(ports, { queries: overlay(queries, replaced as Partial<Queries>) })
  }
}
