import { createHash } from 'node:crypto'

/** SQL text with its values. Each text is prepared once per connection. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

const names = new Map<string, string>()

/**
 * The name of the prepared statement is derived from its text, because behind a pooler several processes share
 * connections and a name must always mean the same text.
 */
export function statementName(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `daftari_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}
