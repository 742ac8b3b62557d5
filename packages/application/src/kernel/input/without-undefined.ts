type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** A field that is `undefined` was not given: it must not overwrite what is there. */
export function withoutUndefined<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Given<T>
}
