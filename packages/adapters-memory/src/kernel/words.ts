/** Whether each of the words that are looked for begins one of the words there are. */
export function hasWords(there: readonly string[], lookedFor: readonly string[]): boolean {
  return lookedFor.every((start) => there.some((word) => word.startsWith(start)))
}
