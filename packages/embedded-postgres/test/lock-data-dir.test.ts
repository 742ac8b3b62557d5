import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { lockDataDir } from '../src/index.ts'
import { query } from './support/query.ts'
import { scratchFolder } from './support/scratch-folder.ts'
import { starter } from './support/starter.ts'

async function lock(...args: Parameters<typeof lockDataDir>) {
  const held = await lockDataDir(...args)
  onTestFinished(() => held.release())
  return held
}

function refusal(...args: Parameters<typeof lockDataDir>): Promise<unknown> {
  return lockDataDir(...args).then(
    () => 'taken',
    (error) => error,
  )
}

describe.each(['linux', 'darwin'] as const)('lockDataDir as on %s', (platform) => {
  it('F23: refuses a second taker and names the holder, with what it says of itself now', async () => {
    const dataDir = scratchFolder()
    let url: string | undefined
    await lock(dataDir, () => (url === undefined ? {} : { url }), platform)
    const holder = { pid: process.pid, since: expect.stringMatching(/^\d{4}-.*Z$/) }
    expect(await refusal(dataDir, undefined, platform)).toMatchObject({ code: 'data_dir_in_use', holder })
    url = 'http://127.0.0.1:3000'
    const told = await refusal(dataDir, undefined, platform)
    expect(told).toMatchObject({ holder: { ...holder, url } })
    expect(String(told)).toContain(`process ${process.pid} since `)
  })

  it('is the same lock through a symbolic link, and another for another directory', async () => {
    const [dataDir, other] = [scratchFolder(), scratchFolder()]
    const link = join(other, 'link')
    symlinkSync(dataDir, link)
    await lock(dataDir, undefined, platform)
    expect(await refusal(link, undefined, platform)).toMatchObject({ code: 'data_dir_in_use' })
    await lock(other, undefined, platform)
  })

  it('can be taken again after it was released, and released twice', async () => {
    const dataDir = scratchFolder()
    const first = await lock(dataDir, undefined, platform)
    await first.release()
    await first.release()
    await lock(dataDir, undefined, platform)
  })

  it('F24: is free as soon as its holder is killed, and says so little of one that is stopped', async () => {
    const dataDir = scratchFolder()
    const holder = starter({ dataDir, platform } as { dataDir: string }, { program: 'lock.ts' })
    await holder.server
    holder.child.kill('SIGSTOP')
    expect(await refusal(dataDir, undefined, platform)).toMatchObject({
      code: 'data_dir_in_use',
      holder: null,
    })
    await holder.kill()
    await lock(dataDir, undefined, platform)
  })
})

describe('two starters', () => {
  it('F23: the second is refused, told who holds the directory, and leaves the first alone', async () => {
    const dataDir = scratchFolder()
    const first = starter({ dataDir, durable: false, url: 'http://127.0.0.1:8080' })
    const { connectionString } = await first.server
    const second = starter({ dataDir, durable: false })
    expect(await second.refusal).toMatchObject({
      code: 'data_dir_in_use',
      holder: { pid: first.pid, url: 'http://127.0.0.1:8080' },
    })
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  it('F23: of six at once exactly one wins, on a new directory and on one that crashed', async () => {
    const dataDir = scratchFolder()
    for (const _ of ['new', 'crashed']) {
      const starters = Array.from({ length: 6 }, () => starter({ dataDir, durable: false }))
      const outcomes = await Promise.allSettled(starters.map(({ server }) => server))
      const winner = starters[outcomes.findIndex(({ status }) => status === 'fulfilled')]
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const { refusal } of starters.filter((one) => one !== winner)) {
        expect(await refusal).toMatchObject({ code: 'data_dir_in_use', holder: { pid: winner?.pid } })
      }
      const { pid } = (await winner?.server) ?? { pid: -1 }
      process.kill(pid, 'SIGKILL')
      await winner?.kill()
    }
  })
})
