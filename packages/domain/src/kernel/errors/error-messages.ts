/** A function for each code that makes the message from the details. */
export type ErrorMessages<Details> = {
  readonly [Code in keyof Details]: (details: Details[Code]) => string
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
