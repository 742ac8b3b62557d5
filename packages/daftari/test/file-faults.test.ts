import { spawnSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { addCategory, statusOf } from './support/api.ts'
import { run, type Served, serve } from './support/daftari.ts'
import { filesBelow, scratchFolder } from './support/files.ts'

const MARK = '.daftari-store'

interface Uploaded {
  readonly status: number
  readonly code?: string
  readonly id: string
}

async function upload({ url, apiKey }: Served, sizeBytes: number): Promise<Uploaded> {
  const form = new FormData()
  form.set('file', new Blob(['%PDF-1.7', Buffer.alloc(sizeBytes, 'x')]), 'risiti.pdf')
  const headers = { authorization: `Bearer ${apiKey}` }
  const answer = await fetch(`${url}/v1/attachments`, { method: 'POST', headers, body: form })
  const { id, code } = (await answer.json()) as Uploaded
  return { status: answer.status, id, ...(code === undefined ? {} : { code }) }
}

function contentOf({ url, apiKey }: Served, id: string): Promise<number> {
  return statusOf(`${url}/v1/attachments/${id}/content`, { authorization: `Bearer ${apiKey}` })
}

/** The files that the books know of, by what they told of each. */
async function rowsOf({ url, apiKey }: Served): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${apiKey}` }
  const answer = await fetch(`${url}/v1/events?types=attachment.stored`, { headers })
  const { data } = (await answer.json()) as { readonly data: readonly { readonly subject: string }[] }
  return data.map(({ subject }) => subject)
}

/** A disk of 4 MiB, until the test has ended; why there is none, where that is not possible. */
function mountSmallDisk(folder: string): string | null {
  if (process.getuid?.() !== 0) return 'only root can mount a small disk'
  mkdirSync(folder)
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder])
  if (status !== 0) return `a small disk cannot be mounted: ${error?.message ?? String(stderr).trim()}`
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return null
}

function skipBecause(test: TestContext, reason: string): void {
  console.warn(`SKIPPED: ${test.task.name}: ${reason}`)
  test.skip(reason)
}

test('F52 a full disk is 507 and nothing else fails; with room again, files are stored again', async (context) => {
  const disk = join(scratchFolder(), 'disk')
  const reason = mountSmallDisk(disk)
  if (reason !== null) return skipBecause(context, reason)
  const folder = join(disk, 'store')
  const service = await serve({ STORAGE_URL: `file:${folder}` })
  const first = await upload(service, 100_000)
  expect(first.status).toBe(201)
  const stored = filesBelow(folder)
  expect(stored).toHaveLength(3)

  const full = { status: 507, code: 'storage_full' }
  expect(await upload(service, 6 * 2 ** 20)).toMatchObject(full)
  expect(filesBelow(folder)).toEqual(stored)

  const filler = join(disk, 'filler')
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(filler, Buffer.alloc(bavail * bsize))
  for (let turn = 0; turn < 3; turn += 1) expect(await upload(service, 100_000)).toMatchObject(full)
  expect(filesBelow(folder)).toEqual(stored)
  expect(await rowsOf(service)).toEqual([first.id])
  expect(await addCategory(service, 'Usafiri')).toBe(201)
  expect([await contentOf(service, first.id), await statusOf(`${service.url}/readyz`)]).toEqual([200, 200])

  rmSync(filler)
  const second = await upload(service, 100_000)
  expect(second.status).toBe(201)
  expect(await rowsOf(service)).toEqual([first.id, second.id])
  await service.stop()
})

test('F56 a disk that is not mounted any more is 503; nothing is missing, nothing is swept, and it comes back', async () => {
  const folder = join(scratchFolder(), 'store')
  const service = await serve({ STORAGE_URL: `file:${folder}` })
  const env = { STORAGE_URL: `file:${folder}`, DAFTARI_DATA_DIR: service.dataDir }
  const { id } = await upload(service, 100_000)
  renameSync(folder, `${folder}-elsewhere`)
  mkdirSync(folder)

  expect(await upload(service, 10)).toMatchObject({ status: 503, code: 'unavailable' })
  expect(await contentOf(service, id)).toBe(503)
  expect(await addCategory(service, 'Usafiri')).toBe(201)
  for (const command of ['sweep', 'verify']) {
    const { code, stdout, stderr } = await run(['storage', command, '--json'], env).ended
    expect([code === 0, stdout], command).toEqual([false, ''])
    expect(stderr, command).toContain('not mounted')
  }
  expect(filesBelow(folder)).toEqual([])
  expect(await rowsOf(service)).toEqual([id])

  rmSync(folder, { recursive: true })
  renameSync(`${folder}-elsewhere`, folder)
  expect(filesBelow(folder)).toContain(MARK)
  expect(await contentOf(service, id)).toBe(200)
  expect((await upload(service, 10)).status).toBe(201)
  const { code, stdout } = await run(['storage', 'verify', '--json'], env).ended
  expect([code, JSON.parse(stdout)]).toEqual([0, { files: 2, missing: [], damaged: [] }])
  await service.stop()
})
