/** Turns the union `A | B` into the intersection `A & B`. */
export type AllOf<Part> = (Part extends unknown ? (part: Part) => void : never) extends (
  whole: infer Whole,
) => void
  ? Whole
  : never

/** One object with the properties of all parts. It makes the complete lists from what each context adds. */
export function merged<Part extends object>(parts: readonly Part[]): AllOf<Part> {
  return Object.assign({}, ...parts)
}
