/** An array of what needs no quotes, which the driver would look for in each. */
export function arrayLiteral(values: readonly (string | number | bigint | boolean)[]): string {
  return `{${values.join()}}`
}
