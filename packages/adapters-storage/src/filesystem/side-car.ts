/** What stands beside the bytes of a file, since a file system has no place for it. */
export interface SideCar {
  readonly sha256: string
  readonly contentType: string
}

export function sideCarText({ sha256, contentType }: SideCar): string {
  return `${JSON.stringify({ sha256, contentType })}\n`
}

/** What the text says; `null` for each thing that it does not. */
export function readSideCar(text: string): { readonly [Name in keyof SideCar]: SideCar[Name] | null } {
  const told = parsed(text)
  return { sha256: textOf(told, 'sha256'), contentType: textOf(told, 'contentType') }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function textOf(told: unknown, name: string): string | null {
  if (typeof told !== 'object' || told === null) return null
  const value: unknown = Reflect.get(told, name)
  return typeof value === 'string' ? value : null
}
