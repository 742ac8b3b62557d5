import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseServerUser } from '../src/data-dir/server-user.ts'
import { preparePostgresBinaries } from '../src/server/postgres-binaries.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { skipUnless } from './support/skip-unless.ts'
import { starter } from './support/starter.ts'

function canMount(): boolean {
  const script = 'mkdir -p "$1" && mount -t tmpfs -o size=1m tmpfs "$1"'
  const folder = join(scratchFolder(), 'probe')
  return spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', folder]).status === 0
}

/**
 * Node in a mount namespace of its own, where `disk` is a small file system that goes with it. Where the server's
 * user cannot reach the installed binaries, their copy lies outside: on the disk it would be what fills it.
 */
async function smallDisk(sizeMb: number): Promise<{ dataDir: string; wrapper: readonly string[] }> {
  const [disk, binaries] = [join(scratchFolder(), 'disk'), scratchFolder()]
  mkdirSync(disk)
  await preparePostgresBinaries(await chooseServerUser([]), binaries)
  const dataDir = join(disk, 'data')
  const script = `
    mount -t tmpfs -o size=${sizeMb}m,mode=755 tmpfs "$0" && mkdir "$1" || exit
    [ -z "$(ls "$2")" ] || ln -s "$2"/* "$1"
    shift 2
    exec "$@"`
  return { dataDir, wrapper: ['unshare', '-m', 'sh', '-c', script, disk, dataDir, binaries] }
}

describe('a full disk', () => {
  it('F29: during initdb leaves no database, and the next start with room succeeds', async (test) => {
    skipUnless(test, canMount(), 'cannot mount a small file system in a namespace of its own')
    const { dataDir, wrapper } = await smallDisk(20)
    const { log } = await starter({ dataDir }, { wrapper, program: 'full-disk-initdb.ts' }).server
    expect(log).toEqual([
      'initdb_failed',
      expect.stringMatching(/No space left on device|Check free disk space/),
      'data_dir: pg.password',
      'after room was made: 18',
    ])
    expect(existsSync(dataDir)).toBe(false)
  })

  it('F29: under load loses no acknowledged row, whether the server stays or has to be started again', async (test) => {
    skipUnless(test, canMount(), 'cannot mount a small file system in a namespace of its own')
    const { dataDir, wrapper } = await smallDisk(100)
    const { log } = await starter({ dataDir }, { wrapper, program: 'full-disk-load.ts' }).server
    const [failure, acknowledged, missing] = log
    expect(failure).toMatch(/No space left on device|terminat|closed|ECONNRESET/i)
    expect(Number(acknowledged)).toBeGreaterThan(10)
    expect(missing).toBe('missing: none')
  })
})
