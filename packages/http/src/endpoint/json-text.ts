import { WireRefusal } from '../problem/wire-refusal.ts'

const DEEPEST = 32

/** Keys that could change the prototype of all objects. */
const FORBIDDEN = new Set(['__proto__', 'constructor'])

/** Parses the bytes as JSON; `undefined` when there are none. @throws malformed_json */
export function readJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new WireRefusal('malformed_json', 'The body is not valid JSON in UTF-8.', { cause })
  }
  refuseDangers(value)
  return value
}

/** Walks level by level, because a recursion could overflow the stack. */
function refuseDangers(value: unknown): void {
  let level: object[] = isObject(value) ? [value] : []
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST)
      throw new WireRefusal('malformed_json', `The body is nested deeper than ${DEEPEST} levels.`)
    const forbidden = level.flatMap((one) => Object.keys(one)).find((key) => FORBIDDEN.has(key))
    if (forbidden !== undefined)
      throw new WireRefusal('malformed_json', `The body contains the key ${forbidden}, which is not allowed.`)
    level = level.flatMap((one) => Object.values(one)).filter(isObject)
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
