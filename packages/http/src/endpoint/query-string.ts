import { DomainError } from '@daftari/application'

const DIGITS = /^\d{1,9}$/

/**
 * What stands behind the question mark. It is read here because the host may have set another parser.
 * `lists` are the parameters that take several values, with commas. @throws invalid_query
 */
export function queryOf(url: string, lists: readonly string[]): Record<string, unknown> {
  const start = url.indexOf('?')
  const pairs = start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))]
  const seen = new Set<string>()
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      if (seen.has(name)) throw repeated(name)
      seen.add(name)
      return [name, read(name, text, lists)]
    }),
  )
}

function read(name: string, text: string, lists: readonly string[]): unknown {
  if (lists.includes(name)) return text.split(',')
  if (name === 'overdue' && (text === 'true' || text === 'false')) return text === 'true'
  return name === 'limit' && DIGITS.test(text) ? Number(text) : text
}

function repeated(parameter: string): DomainError {
  return new DomainError('invalid_query', { parameter, detail: `${parameter}: give it once` })
}
