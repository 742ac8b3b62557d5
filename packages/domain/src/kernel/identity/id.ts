declare const kind: unique symbol

/** A UUID typed by the kind of record, so that the compiler refuses the id of one kind where another kind is expected. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Accepts only the canonical form in lower case. Otherwise two spellings of one id would count as two ids. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
