import { isDeepStrictEqual } from 'node:util'
import { examples } from './examples.ts'

type Json = null | boolean | number | string | readonly Json[] | JsonRecord
interface JsonRecord {
  readonly [key: string]: Json
}

/** Moves every schema that has a title under `components`, with an example, and puts a reference in its place. */
export function withComponents(document: object): JsonRecord {
  const schemas = new Map<string, JsonRecord>()

  function moved(value: Json): Json {
    if (Array.isArray(value)) return value.map(moved)
    if (!isRecord(value)) return value
    const copy = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, moved(entry)]))
    const { title, type } = copy
    if (typeof title !== 'string' || type === undefined) return copy
    keep(title, copy)
    return { $ref: `#/components/schemas/${title}` }
  }

  function keep(title: string, { examples: _, ...schema }: JsonRecord): void {
    const known = schemas.get(title) ?? schema
    if (!isDeepStrictEqual(known, schema)) throw new Error(`Two schemas are called ${title}`)
    schemas.set(title, known)
  }

  const { components = {}, ...rest } = movedRecord(moved, document)
  const named = [...schemas].sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    ...rest,
    components: {
      ...(isRecord(components) ? components : {}),
      schemas: Object.fromEntries(named.map(([title, schema]) => [title, withExample(title, schema)])),
    },
  }
}

function movedRecord(moved: (value: Json) => Json, document: object): JsonRecord {
  const result = moved(JSON.parse(JSON.stringify(document)))
  if (!isRecord(result)) throw new TypeError('The OpenAPI document must be an object')
  return result
}

function withExample(title: string, schema: JsonRecord): JsonRecord {
  const example = examples[title]
  if (example === undefined) throw new Error(`There is no example of ${title}`)
  return { ...schema, examples: [JSON.parse(JSON.stringify(example))] }
}

function isRecord(value: Json): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
