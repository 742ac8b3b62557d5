import { createHash } from 'node:crypto'

/** SQL text with its values. One text is prepared once on each connection. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

const names = new Map<string, string>()

/** The same text has the same name in every process: behind a pooler, one name must be one text. */
export function statementName(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `daftari_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
  names.set(text, name)
  return name
}
