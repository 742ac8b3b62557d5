import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface PlainUser {
  readonly uid: number
  readonly gid: number
  remove(): void
}

const NAME = `daftari-test-${process.pid}`

/** A user of this machine without rights, or why there is none. */
export function createPlainUser(): PlainUser | string {
  if (process.getuid?.() !== 0) return 'only root can create a user'
  const created = spawnSync('useradd', ['--no-create-home', NAME], { encoding: 'utf8' })
  if (created.error) return `no useradd: ${created.error.message}`
  if (created.status !== 0) return `useradd failed: ${created.stderr.trim()}`
  const user = { uid: numberOf('-u'), gid: numberOf('-g'), remove }
  const here = fileURLToPath(import.meta.url)
  if (existsSync(here) && spawnSync('cat', [here], user).status === 0) return user
  remove()
  return 'this checkout is out of reach for a plain user'
}

function numberOf(flag: string): number {
  return Number(spawnSync('id', [flag, NAME], { encoding: 'utf8' }).stdout)
}

function remove(): void {
  spawnSync('userdel', [NAME])
}
