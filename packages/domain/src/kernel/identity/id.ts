declare const kind: unique symbol

/** A UUID that says what it names, so that the id of one kind of record is never passed where another's is due. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Only the canonical form, in lower case: two spellings of one id must never be two ids. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
