import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The path of a program that a suite can do without, on the PATH or in one of these folders; `null` when it is not
 * installed. `HIDE_OPTIONAL_TOOLS=1` hides every such program, which shows how the suite fares on a fresh machine.
 */
export function findOptionalTool(name: string, ...folders: readonly string[]): string | null {
  if (process.env.HIDE_OPTIONAL_TOOLS === '1') return null
  const places = [...(process.env.PATH ?? '').split(delimiter), ...folders]
  return places.map((folder) => join(folder, name)).find(isProgram) ?? null
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
