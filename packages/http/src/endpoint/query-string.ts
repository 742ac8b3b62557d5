import { DomainError } from '@daftari/application'

const DIGITS = /^\d{1,9}$/

/** The parameters that are not a single text. */
export interface QueryKinds {
  /** Parameters with several values, separated by commas. */
  readonly lists?: readonly string[] | undefined
  /** Parameters that are `true` or `false`. */
  readonly flags?: readonly string[] | undefined
  /** Parameters that are whole numbers, in addition to `limit`. */
  readonly numbers?: readonly string[] | undefined
}

/**
 * Parses the query string. It is parsed here and not by Fastify, because the host may have set another parser.
 * @throws invalid_query
 */
export function queryOf(url: string, kinds: QueryKinds): Record<string, unknown> {
  const start = url.indexOf('?')
  const pairs = start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))]
  const seen = new Set<string>()
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      if (seen.has(name)) throw repeated(name)
      seen.add(name)
      return [name, read(name, text, kinds)]
    }),
  )
}

function read(name: string, text: string, { lists = [], flags = [], numbers = [] }: QueryKinds): unknown {
  if (lists.includes(name)) return text.split(',')
  if (flags.includes(name) && (text === 'true' || text === 'false')) return text === 'true'
  return (name === 'limit' || numbers.includes(name)) && DIGITS.test(text) ? Number(text) : text
}

function repeated(parameter: string): DomainError {
  return new DomainError('invalid_query', {
    parameter,
    detail: `${parameter} is given more than once; send it once`,
  })
}
