import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './document.ts'

/** What stands behind the `console.log` of an example. */
export function promisedBy(example: string): string {
  const [, promised = ''] = /console\.log\(.*\) \/\/ (.*)$/m.exec(example) ?? []
  return promised
}

export function printedBy(example: string, variables: Readonly<Record<string, string>> = {}): string {
  const output = execFileSync(
    process.execPath,
    ['--conditions=source', '--input-type=module-typescript', '--eval', example],
    { cwd: join(root, 'examples/readme'), encoding: 'utf8', env: { ...process.env, ...variables } },
  )
  return output.trim()
}
