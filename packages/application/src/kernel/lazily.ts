type Maker<Args extends readonly unknown[]> = (...args: Args) => unknown

type Made<Makers> = {
  readonly [Name in keyof Makers]: Makers[Name] extends Maker<never> ? ReturnType<Makers[Name]> : never
}

/** An object whose properties are created on first use, because a transaction uses only few of its repositories. */
export function lazily<Args extends readonly unknown[], Makers extends Readonly<Record<string, Maker<Args>>>>(
  makers: Makers,
  ...args: Args
): Made<Makers> {
  const made = {}
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(made, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = make(...args)
        Object.defineProperty(made, name, { value, enumerable: true })
        return value
      },
    })
  }
  return made as Made<Makers>
}
