import { DomainError } from '@daftari/application'

const DIGITS = /^\d{1,9}$/

/** The parameters that are more than one text. */
export interface QueryKinds {
  /** Take several values, with commas. */
  readonly lists?: readonly string[] | undefined
  /** Take `true` or `false`. */
  readonly flags?: readonly string[] | undefined
  /** Are whole numbers, as `limit` is. */
  readonly numbers?: readonly string[] | undefined
}

/**
 * What stands behind the question mark. It is read here because the host may have set another parser.
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
  return new DomainError('invalid_query', { parameter, detail: `${parameter}: give it once` })
}
