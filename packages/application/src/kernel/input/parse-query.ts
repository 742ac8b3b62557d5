import { DomainError } from '@daftari/domain'
import type { z } from 'zod'
import { decode } from './coded.ts'
import { nearest } from './nearest.ts'

/** @throws invalid_query, about the first invalid parameter */
export function parseQuery<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
  input: unknown,
): z.output<z.ZodObject<Shape>> {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (issue === undefined) throw new Error('zod refused without an issue')
  if (issue.code === 'unrecognized_keys')
    throw unknownParameter(issue.keys[0] ?? '', Object.keys(schema.shape))
  throw invalidQuery(String(issue.path[0] ?? ''), decode(issue.message).detail)
}

export function invalidQuery(parameter: string, detail: string): DomainError {
  return new DomainError('invalid_query', { parameter, detail: `${parameter}: ${detail}` })
}

function unknownParameter(parameter: string, known: readonly string[]): DomainError {
  const closest = nearest(parameter, known)
  const hint = closest === null ? '' : `; the nearest is ${closest}`
  const detail = `There is no parameter ${parameter}${hint}.`
  return new DomainError('invalid_query', { parameter, nearest: closest, detail })
}
