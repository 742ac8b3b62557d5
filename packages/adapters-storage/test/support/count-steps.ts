import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

type Call = (...given: unknown[]) => unknown

/** Has `before` called before each step that changes what is on the disk, in this process from now on. */
export async function countSteps(before: () => void): Promise<void> {
  const counted = (call: Call): Call =>
    function counting(this: unknown, ...given) {
      before()
      return call.apply(this, given)
    }
  const handle = await fs.open(process.execPath)
  const prototype: object = Object.getPrototypeOf(handle)
  await handle.close()
  for (const [target, names] of [
    [fs, ['open', 'mkdir', 'rename', 'link', 'rm']],
    [prototype, ['write', 'sync']],
  ] as const) {
    for (const name of names) Reflect.set(target, name, counted(Reflect.get(target, name)))
  }
  syncBuiltinESMExports()
}
