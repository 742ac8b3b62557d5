/** Of `A | B`, what is both: `A & B`. */
export type AllOf<Part> = (Part extends unknown ? (part: Part) => void : never) extends (
  whole: infer Whole,
) => void
  ? Whole
  : never

/** One object with the properties of all parts: how what each context adds becomes the list of all. */
export function merged<Part extends object>(parts: readonly Part[]): AllOf<Part> {
  return Object.assign({}, ...parts)
}
