/** The same text for equal inputs, independent of the order of fields. Values that JSON does not have are supported too. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, entry) => {
    if (typeof entry === 'bigint') return `${entry}n`
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry
    return Object.fromEntries(Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1)))
  })
}
