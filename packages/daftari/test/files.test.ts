import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFolderFileStore } from '@daftari/adapters-storage'
import { createBooks, type Ports } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openStore, prepareFiles } from '../src/files/open-files.ts'
import { jsonLogger } from '../src/serve/json-logger.ts'

function opened(): { folder: string; ports: Ports } {
  const parent = mkdtempSync(join(tmpdir(), 'daftari-files-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const folder = join(parent, 'store')
  const files = createFolderFileStore({ folder })
  return { folder, ports: { ...createMemoryAdapters(), files, fileStores: [files] } }
}

async function* pdf(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('%PDF-1.7')
}

test('a new store is marked at the start, once', async () => {
  const { ports } = opened()
  expect(await prepareFiles(ports)).toBeNull()
  const id = await ports.files.storeId()
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect(await prepareFiles(ports)).toBeNull()
  expect(await ports.files.storeId()).toBe(id)
})

test('F56 a store that vanished is not marked anew: uploads and downloads are refused until it is back', async () => {
  const { folder, ports } = opened()
  await prepareFiles(ports)
  const books = createBooks(ports)
  const scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }
  const upload = () => books.attachments.upload(scope, { fileName: 'a.pdf', content: pdf() })
  const { id } = await upload()
  renameSync(folder, `${folder}-elsewhere`)
  mkdirSync(folder)
  expect(await prepareFiles(ports)).toMatch(/is the disk mounted.+daftari storage init/)
  expect(await ports.files.storeId()).toBeNull()
  await expect(upload()).rejects.toMatchObject({ code: 'unavailable' })
  await expect(books.attachments.read(scope, { attachmentId: id })).rejects.toMatchObject({
    code: 'unavailable',
  })
  rmSync(folder, { recursive: true })
  renameSync(`${folder}-elsewhere`, folder)
  expect((await upload()).sizeBytes).toBe(8)
})

test('F50 a store that cannot be reached is told at the start, and does not keep the service from starting', async () => {
  const { ports } = opened()
  const place = { kind: 'bucket', endPoint: '127.0.0.1', port: 1, useTls: false } as const
  const storage = { ...place, accessKey: 'canary', secretKey: 'canary', bucket: 'receipts', region: 'x' }
  const files = openStore(storage, tmpdir())
  onTestFinished(() => files.close())
  const told = await prepareFiles({ ...ports, fileStores: [files] })
  expect(told).toMatch(/^Files cannot be stored in the place of STORAGE_URL at the moment: /)
  expect(told).not.toContain('canary')
})

test('the token of a link is not logged', () => {
  const lines: string[] = []
  const logger = jsonLogger('info', { write: (line) => void lines.push(line) })
  const request = { method: 'GET', url: '/v1/files/canary.canary?x=canary', ip: '::1' }
  logger.info({ req: request }, 'incoming request')
  expect(lines.join()).toContain('/v1/files/…')
  expect(lines.join()).not.toContain('canary')
})
