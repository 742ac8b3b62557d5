/** A sentence for each code, from its details. */
export type ErrorMessages<Details> = {
  readonly [Code in keyof Details]: (details: Details[Code]) => string
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
