const FIELD = /^\s*(\w+): (.+)$/

/** `table.column: kind` of every column that the files declare, unions of literals being strings; sorted. */
export function typedColumns(sources: readonly string[]): string[] {
  const source = sources.join('\n')
  const shared = new Map<string, string[]>()
  for (const [, name = '', body = ''] of source.matchAll(/^export interface (\w+) \{\n(.*?)\n\}/gms)) {
    shared.set(name, fieldsOf(body))
  }
  const columns: string[] = []
  for (const [, table, head = '', body = ''] of source.matchAll(/'daftari\.(\w+)': ([^{]*)\{(.*?)\}/gs)) {
    const inherited = head.split('&').flatMap((part) => shared.get(part.trim()) ?? [])
    for (const field of [...inherited, ...fieldsOf(body)]) columns.push(`${table}.${field}`)
  }
  return columns.sort()
}

function fieldsOf(body: string): string[] {
  return body.split(/[\n;]/).flatMap((line) => {
    const [, name, type = ''] = FIELD.exec(line) ?? []
    return name === undefined ? [] : [`${name}: ${kind(type.trim())}`]
  })
}

function kind(type: string): string {
  return type
    .replace(/\(('\w+'( \| )?)+\)\[\]/, 'string[]')
    .replace(/('\w+'( \| )?)+(?= \| |$)/, (literals) => (literals.endsWith(' | ') ? 'string | ' : 'string'))
}
