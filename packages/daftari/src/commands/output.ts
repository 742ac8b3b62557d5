/** Data on stdout: for programs as one JSON text, for people as lines. */
export function print(data: unknown, isJson: boolean | undefined, lines: readonly string[]): void {
  const text = isJson ? JSON.stringify(data) : lines.join('\n')
  if (text !== '') process.stdout.write(`${text}\n`)
}

/** Talk on stderr. */
export function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

/** A wrong use of a command: exit code 2. */
export class UsageError extends Error {}
