/** A deep copy that is frozen and shares nothing with the value. */
export function frozenCopy<Value>(value: Value): Value {
  return frozen(structuredClone(value))
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(frozen)
  return Object.freeze(value)
}
