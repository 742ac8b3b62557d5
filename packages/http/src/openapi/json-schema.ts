import { z } from 'zod'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** The schema of an input as it is sent, before its texts are parsed. */
export function inputSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, 'input')
}

/** The schema of a view. */
export function viewSchema(schema: z.ZodType): JsonSchema {
  return jsonSchema(schema, 'output')
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: written }) => simplify(written),
  })
  return described
}

/** Removes the bounds of a double, and patterns that only repeat a format, because they do not help a reader. */
function simplify(written: JsonSchema): void {
  if (written.format !== undefined) delete written.pattern
  if (written.minimum === Number.MIN_SAFE_INTEGER) delete written.minimum
  if (written.maximum === Number.MAX_SAFE_INTEGER) delete written.maximum
}
