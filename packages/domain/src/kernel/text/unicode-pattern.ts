/**
 * A pattern of Unicode properties, made when first asked for. Were it a literal, the engine would look the properties
 * up while it parses the module, and everybody who imports it would wait for that.
 */
export function unicodePattern(source: string, flags: 'u' | 'gu'): () => RegExp {
  let made: RegExp | null = null
  return function pattern() {
    made ??= new RegExp(source, flags)
    return made
  }
}
