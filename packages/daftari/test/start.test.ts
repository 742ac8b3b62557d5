import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addCategory, statusOf } from './support/api.ts'
import { json, run, type Served, serve } from './support/daftari.ts'
import { dataDirectory } from './support/data-directory.ts'

function keyFile({ dataDir }: Pick<Served, 'dataDir'>): string {
  return join(dataDir, 'api-key')
}

describe('the first key', () => {
  test('is in a file that only its user reads, and the same after a restart', async () => {
    const dataDir = join(dataDirectory(), 'deep', 'down')
    const first = await serve({ DAFTARI_DATA_DIR: dataDir })
    expect(first.apiKey).toMatch(/^dft_[\w-]{43}$/)
    expect(readFileSync(keyFile(first), 'utf8')).toBe(`${first.apiKey}\n`)
    expect(statSync(keyFile(first)).mode & 0o777).toBe(0o600)
    expect((await first.stop()).stderr).not.toContain(first.apiKey)

    const second = await serve({ DAFTARI_DATA_DIR: dataDir })
    expect(second.apiKey).toBe(first.apiKey)
    expect((await second.stop()).stderr).toContain(`The API key is in ${keyFile(first)}.`)
  })

  test('is the same again, and the only one, when a start died before it wrote the file', async () => {
    const first = await serve()
    const env = { DAFTARI_DATA_DIR: first.dataDir }
    await first.stop()
    rmSync(keyFile(first))
    const second = await serve(env)
    expect(second.apiKey).toBe(first.apiKey)
    expect(readFileSync(keyFile(second), 'utf8')).toBe(`${first.apiKey}\n`)
    expect(await json(['keys', 'list'], env)).toHaveLength(1)
    expect(await json(['owners', 'list'], env)).toMatchObject([
      { name: 'First owner', timeZone: 'Africa/Dar_es_Salaam' },
    ])
    await second.stop()
  })

  test('is not shown once it opens nothing any more, nor made anew', async () => {
    const first = await serve()
    const env = { DAFTARI_DATA_DIR: first.dataDir }
    const [{ id }] = await json(['keys', 'list'], env)
    await json(['keys', 'revoke', id], env)
    await first.stop()
    for (const prepare of [() => {}, () => rmSync(keyFile(first))]) {
      prepare()
      const service = await serve(env)
      expect(service.apiKey).toBeNull()
      const { stderr } = await service.stop()
      expect(stderr).toContain('To create a key, run: daftari keys create --scope read write admin')
    }
  })

  test('takes the place of one of other books, in a file that is closed to others', async () => {
    const dataDir = dataDirectory()
    const stranger = `dft_${'A'.repeat(43)}`
    writeFileSync(join(dataDir, 'api-key'), stranger)
    chmodSync(join(dataDir, 'api-key'), 0o644)
    const service = await serve({ DAFTARI_DATA_DIR: dataDir })
    expect(service.apiKey).not.toBe(stranger)
    expect(await addCategory(service, 'Usafiri')).toBe(201)
    expect(statSync(keyFile(service)).mode & 0o777).toBe(0o600)
    await service.stop()
  })
})

describe('a start', () => {
  test('on a directory that is in use names who uses it, and harms nothing: 1', async () => {
    const first = await serve()
    const env = { PORT: '0', DAFTARI_DATA_DIR: first.dataDir }
    const { code, stdout, stderr } = await run(['serve'], env).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(
      `The data directory ${first.dataDir} is in use by process ${first.child.pid} since 20`,
    )
    expect(stderr).toContain(`, at ${first.url}.`)
    expect(await statusOf(`${first.url}/readyz`)).toBe(200)
    await first.stop()
  })

  test('of two at the same time on a new directory is done by one', async () => {
    const DAFTARI_DATA_DIR = dataDirectory()
    const starts = await Promise.allSettled([serve({ DAFTARI_DATA_DIR }), serve({ DAFTARI_DATA_DIR })])
    const refusals = starts.filter((start) => start.status === 'rejected')
    expect(refusals).toMatchObject([{ reason: { message: expect.stringContaining('is in use by process') } }])
    for (const start of starts) if (start.status === 'fulfilled') await start.value.stop()
  })

  test('that is told to stop in its middle ends without complaint', async () => {
    const { child, ended } = run(['serve'], { PORT: '0', DAFTARI_DATA_DIR: dataDirectory() })
    await once(child.stderr ?? child, 'data')
    child.kill('SIGTERM')
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/disposed|Error/)
  })

  test('on a directory that cannot be written to ends: 1', async () => {
    const parent = dataDirectory()
    mkdirSync(join(parent, 'is'))
    writeFileSync(join(parent, 'is', 'file'), '')
    const env = { PORT: '0', DAFTARI_DATA_DIR: join(parent, 'is', 'file') }
    const { code, stdout, stderr } = await run(['serve'], env).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
