type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Drops fields that are `undefined`: they were not given, and must not overwrite the stored value. */
export function withoutUndefined<T extends object>(value: T): Given<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Given<T>
}
