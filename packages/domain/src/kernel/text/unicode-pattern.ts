/**
 * A regular expression with Unicode properties, compiled on first use. A literal would be compiled while the
 * module is loaded, which would slow down every program that imports it.
 */
export function unicodePattern(source: string, flags: 'u' | 'gu'): () => RegExp {
  let made: RegExp | null = null
  return function pattern() {
    made ??= new RegExp(source, flags)
    return made
  }
}
