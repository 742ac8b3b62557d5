import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchFolder } from './support/scratch-folder.ts'
import { skipUnless } from './support/skip-unless.ts'
import { starter } from './support/starter.ts'

function canMount(): boolean {
  const script = 'mkdir -p "$1" && mount -t tmpfs -o size=1m tmpfs "$1"'
  const folder = join(scratchFolder(), 'probe')
  return spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', folder]).status === 0
}

/** Node in a mount namespace of its own, where `disk` is a small file system that goes with it. */
function onDisk(disk: string, sizeMb: number): readonly string[] {
  const script = `mount -t tmpfs -o size=${sizeMb}m,mode=755 tmpfs "$1" && shift && exec "$@"`
  return ['unshare', '-m', 'sh', '-c', script, 'sh', disk]
}

describe('a full disk', { timeout: 40_000 }, () => {
  it('F29: during initdb leaves no database, and the next start with room succeeds', async (test) => {
    skipUnless(test, canMount(), 'cannot mount a small file system in a namespace of its own')
    const disk = join(scratchFolder(), 'disk')
    mkdirSync(disk)
    const run = { wrapper: onDisk(disk, 20), program: 'full-disk-initdb.ts' }
    const { log } = await starter({ dataDir: join(disk, 'data') }, run).server
    expect(log).toEqual([
      'initdb_failed',
      expect.stringMatching(/No space left on device|Check free disk space/),
      'data_dir: pg.password',
      'after room was made: 18',
    ])
    expect(existsSync(join(disk, 'data'))).toBe(false)
  })

  it('F29: under load loses no acknowledged row, whether the server stays or has to be started again', async (test) => {
    skipUnless(test, canMount(), 'cannot mount a small file system in a namespace of its own')
    const disk = join(scratchFolder(), 'disk')
    mkdirSync(disk)
    const run = { wrapper: onDisk(disk, 100), program: 'full-disk-load.ts' }
    const { log } = await starter({ dataDir: join(disk, 'data') }, run).server
    const [failure, acknowledged, missing] = log
    expect(failure).toMatch(/No space left on device|terminat|closed|ECONNRESET/i)
    expect(Number(acknowledged)).toBeGreaterThan(10)
    expect(missing).toBe('missing: none')
  })
})
