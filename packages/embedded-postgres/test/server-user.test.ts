import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { createPlainUser, type PlainUser } from './support/plain-user.ts'
import { query } from './support/query.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { skipUnless } from './support/skip-unless.ts'
import { type StartedServer, starter } from './support/starter.ts'

const isRoot = process.getuid?.() === 0

describe('whose server it is', () => {
  let plain: PlainUser | string

  beforeAll(() => {
    plain = createPlainUser()
  })

  afterAll(() => {
    if (typeof plain !== 'string') plain.remove()
  })

  it('started by root in a directory of root: that of nobody', async (test) => {
    skipUnless(test, isRoot, 'needs root')
    const dataDir = join(scratchFolder(), 'data')
    const server = await starter({ dataDir, durable: false }).server
    expect(server).toMatchObject({ dataDir, notice: null })
    expect(statSync(join(dataDir, 'pg')).uid).toBe(65534)
    expect(statSync(join(dataDir, 'pg.password'))).toMatchObject({ uid: 65534 })
    expect(statSync(dataDir).uid).toBe(0)
    expect(await ownerOfServer(server)).toBe(65534)
  })

  it('started by root under a parent that is closed to others: data elsewhere, said, and kept there', async (test) => {
    skipUnless(test, isRoot, 'needs root')
    const [home, fallbackRoot] = [scratchFolder(), join(scratchFolder(), 'lib')]
    const dataDir = join(home, 'clone', 'data')
    chmodSync(home, 0o700)
    const options = { dataDir, fallbackRoot, durable: false }
    const first = starter(options)
    const server = await first.server
    expect(server.dataDir).toMatch(new RegExp(`^${fallbackRoot}/[0-9a-f]{16}$`))
    expect(server.notice).toBe(
      `${dataDir} is out of reach for user id 65534, so the database lives in ${server.dataDir}.`,
    )
    await query(server.connectionString, 'create table kept as select 7 as n')
    expect(await starter(options).refusal).toMatchObject({
      code: 'data_dir_in_use',
      holder: { pid: first.pid },
    })
    expect(await starter({ ...options, dataDir: server.dataDir }).refusal).toMatchObject({
      code: 'data_dir_in_use',
    })
    await first.stop()

    // The way is open now: the database must not be left behind for a new one.
    chmodSync(home, 0o755)
    const second = await starter(options).server
    expect(second).toMatchObject({ dataDir: server.dataDir, notice: expect.stringContaining('lives in') })
    expect(await query(second.connectionString, 'select n from kept')).toEqual([{ n: 7 }])
    expect(existsSync(join(dataDir, 'pg'))).toBe(false)
  })

  it('refuses when the way to an existing database was closed, instead of starting an empty one', async (test) => {
    skipUnless(test, isRoot, 'needs root')
    const [home, fallbackRoot] = [scratchFolder(), join(scratchFolder(), 'lib')]
    const options = { dataDir: join(home, 'data'), fallbackRoot, durable: false }
    const first = starter(options)
    await first.server
    await first.stop()
    chmodSync(home, 0o700)
    expect(await starter(options).refusal).toMatchObject({ code: 'data_dir_out_of_reach' })
    expect(existsSync(fallbackRoot)).toBe(false)
  })

  it('started by a plain user: his own, closed to others', async (test) => {
    const user = needUser(test)
    const home = scratchFolder()
    chownSync(home, user.uid, user.gid)
    const dataDir = join(home, 'data')
    const server = await starter({ dataDir, durable: false }, user).server
    expect(server).toMatchObject({ dataDir, notice: null })
    for (const path of [dataDir, join(dataDir, 'pg'), join(dataDir, 'pg.password')]) {
      expect(statSync(path)).toMatchObject({ uid: user.uid })
      expect(statSync(path).mode & 0o077).toBe(0)
    }
    expect(await ownerOfServer(server)).toBe(user.uid)
  })

  it("started by root in a plain user's folder: that user's, who can start it later without root", async (test) => {
    const user = needUser(test)
    skipUnless(test, isRoot, 'needs root')
    const home = scratchFolder()
    chownSync(home, user.uid, user.gid)
    const options = { dataDir: join(home, '.service', 'data'), durable: false }
    const byRoot = starter(options)
    const server = await byRoot.server
    expect(await ownerOfServer(server)).toBe(user.uid)
    await query(server.connectionString, 'create table kept as select 7 as n')
    await byRoot.stop()

    const byUser = await starter(options, user).server
    expect(await query(byUser.connectionString, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('started by a plain user on the database of somebody else: refused, naming the owner', async (test) => {
    const user = needUser(test)
    skipUnless(test, isRoot, 'needs root')
    const dataDir = scratchFolder()
    const byRoot = starter({ dataDir, durable: false })
    await byRoot.server
    await byRoot.stop()
    const refused = await starter({ dataDir, durable: false }, user).refusal
    expect(refused.code).toBe('data_dir_not_ours')
    expect(refused.message).toContain('user id 65534')
  })

  it('started by root in the folder of a user id that has no name: that user id', async (test) => {
    skipUnless(test, isRoot, 'needs root')
    const home = scratchFolder()
    chownSync(home, 54321, 54321)
    const options = { dataDir: join(home, 'data'), durable: false }
    const first = starter(options)
    expect(await ownerOfServer(await first.server)).toBe(54321)
    expect(statSync(join(options.dataDir, 'pg.password')).uid).toBe(54321)
    await first.stop()
    expect(await ownerOfServer(await starter(options).server)).toBe(54321)
  })

  it('started by a user id that has no name: that user id', async (test) => {
    needUser(test)
    skipUnless(test, isRoot, 'needs root')
    const nameless = { uid: 54321, gid: 54321 }
    const mapped = ['--user', '--map-user=65534', '--map-group=65534', '--', 'true']
    skipUnless(test, spawnSync('unshare', mapped, nameless).status === 0, 'needs a user namespace')
    const home = join(scratchFolder(), 'home')
    mkdirSync(home)
    chownSync(home, 54321, 54321)
    const server = await starter({ dataDir: join(home, 'data'), durable: false }, nameless).server
    expect(await ownerOfServer(server)).toBe(54321)
  })

  function needUser(test: TestContext): PlainUser & { uid: number } {
    const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1, remove() {} }
    const user = isRoot ? plain : self
    skipUnless(test, typeof user !== 'string', String(user))
    return user as PlainUser
  }

  async function ownerOfServer({ connectionString, pid }: StartedServer): Promise<number> {
    await query(connectionString, 'select 1')
    return statSync(`/proc/${pid}`).uid
  }
})
