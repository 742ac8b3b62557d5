/** Whether each searched word is the beginning of one of the given words. */
export function hasWords(there: readonly string[], lookedFor: readonly string[]): boolean {
  return lookedFor.every((start) => there.some((word) => word.startsWith(start)))
}
