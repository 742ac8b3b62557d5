/** The same text for the same input, whatever the order of its fields; also for one that JSON cannot say. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, entry) => {
    if (typeof entry === 'bigint') return `${entry}n`
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
    return Object.fromEntries(Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}
