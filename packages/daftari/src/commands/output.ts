/** Prints data on stdout: one JSON text for programs, lines for people. */
export function print(data: unknown, isJson: boolean | undefined, lines: readonly string[]): void {
  const text = isJson ? JSON.stringify(data) : lines.join('\n')
  if (text !== '') process.stdout.write(`${text}\n`)
}

/** Prints a message for people on stderr. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** A wrong use of a command. The exit code is 2. */
export class UsageError extends Error {}
