import { DomainError, type FieldError } from '@daftari/domain'
import type { z } from 'zod'
import { decode } from './coded.ts'

/** @throws validation_failed, with every invalid field of the input */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new DomainError('validation_failed', { errors: fieldErrors(result.error) })
}

function fieldErrors(error: z.ZodError): readonly FieldError[] {
  return error.issues.flatMap((issue) => {
    const path = pointer(issue.path)
    if (issue.code !== 'unrecognized_keys') return [{ pointer: path, ...decode(issue.message) }]
    return issue.keys.map((key) => ({
      pointer: `${path}/${escaped(key)}`,
      code: 'unknown_field' as const,
      detail: `there is no field ${key}`,
    }))
  })
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${escaped(String(part))}`).join('')
}

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1')
}
