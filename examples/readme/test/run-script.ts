import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

/** What each command of the script prints. The first that fails, fails the script. */
export async function outputs(
  script: string,
  folder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const separated = `set -euo pipefail; trap "printf '\\036'" DEBUG\n${script}`
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`
  const env = { PATH, ...variables }
  const { stdout } = await promisify(execFile)('bash', ['-c', separated], { cwd: folder, env })
  return stdout.split('\x1e')
}

/** The body of what `curl -i` prints. */
export function bodyOf(answer: string): string {
  return answer.slice(answer.indexOf('\r\n\r\n')).trim()
}
