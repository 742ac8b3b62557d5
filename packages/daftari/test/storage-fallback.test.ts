import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFolderFileStore, fallbackFileStore } from '@daftari/adapters-storage'
import { type Books, createBooks, DomainError, type FileStore, type Timer } from '@daftari/application'
import type { AttachmentId } from '@daftari/domain'
import { createMemoryAdapters, freshId } from '@daftari/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findingOf } from '../src/checks/check.ts'
import { checkStorage } from '../src/checks/check-storage.ts'
import { type Config, loadConfig } from '../src/config.ts'
import { joinStores, openStores, prepareFiles } from '../src/files/open-files.ts'

const operator = { actorId: 'an operator' }
const scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }

function folders(): { readonly parent: string; readonly first: string; readonly second: string } {
  const parent = mkdtempSync(join(tmpdir(), 'daftari-fallback-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return { parent, first: join(parent, 'first'), second: join(parent, 'second') }
}

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

function upload(books: Books, text: string): Promise<{ readonly id: string; readonly sha256: string }> {
  return books.attachments.upload(scope, { fileName: 'risiti.pdf', content: content(text) })
}

/** A timer whose time is set by the test. No store is silent here, so nothing ever waits for it. */
function heldTimer(): Timer & { passMs(durationMs: number): void } {
  let nowMs = 0
  return {
    elapsedMs: () => nowMs,
    sleep: () => {
      const { promise: over, resolve: wake } = Promise.withResolvers<void>()
      return { over, wake }
    },
    passMs(durationMs) {
      nowMs += durationMs
    },
  }
}

/** The store as one that refuses everything while `isOut` says so. */
function failing(store: FileStore, isOut: () => boolean): FileStore {
  return new Proxy(store, {
    get(target, name, receiver) {
      const refuse = () => Promise.reject(new DomainError('unavailable', {}))
      return isOut() && name !== 'close' ? refuse : Reflect.get(target, name, receiver)
    },
  })
}

test('F50, F52 in ten minutes of outage every upload is accepted; reconciled, all hashes are equal', async () => {
  const { first, second } = folders()
  let isOut = false
  const firstStore = failing(createFolderFileStore({ folder: first }), () => isOut)
  const secondStore = createFolderFileStore({ folder: second })
  const timer = heldTimer()
  const reasons: string[] = []
  const files = fallbackFileStore(firstStore, secondStore, { timer, onFallback: (one) => reasons.push(one) })
  onTestFinished(() => files.close())
  const ports = { ...createMemoryAdapters(), files, fileStores: [firstStore, secondStore] }
  const books = createBooks(ports)
  expect(await prepareFiles(ports)).toBeNull()

  const stored = [await upload(books, '%PDF-1.7 before')]
  isOut = true
  for (let seconds = 0; seconds < 600; seconds += 5) {
    stored.push(await upload(books, `%PDF-1.7 at second ${seconds}`))
    timer.passMs(5_000)
  }
  isOut = false
  timer.passMs(30_000)
  stored.push(await upload(books, '%PDF-1.7 after'))
  expect(reasons).toHaveLength(120)
  expect(reasons.filter((reason) => reason === 'breaker_open').length).toBeGreaterThan(80)

  expect(await books.storage.reconcile(operator)).toMatchObject({
    filesMoved: 120,
    filesFailed: 0,
    missing: [],
    damaged: [],
  })
  expect(await secondStore.list(null, 1_000)).toEqual([])
  expect(await books.storage.verify(operator)).toEqual({ files: 122, missing: [], damaged: [] })
  for (const { id, sha256 } of stored) {
    const row = await ports.queries.attachments.find(scope.ownerId, id as AttachmentId)
    expect([row?.storeId, row?.sha256]).toEqual([await firstStore.storeId(), sha256])
  }
})

describe('the places of the configuration', () => {
  test('are opened as one store, which says why a file went into the second', async () => {
    const { parent, first, second } = folders()
    const env = { STORAGE_URL: `file:${first}`, STORAGE_FALLBACK_URL: `file:${second}` }
    const stores = openStores(loadConfig({ ...env, DAFTARI_DATA_DIR: parent }))
    const lines: string[] = []
    const files = joinStores(stores, (line) => lines.push(line))
    onTestFinished(() => files.close())
    const ports = { ...createMemoryAdapters(), files, fileStores: stores }
    expect(await prepareFiles(ports)).toBeNull()
    const books = createBooks(ports)
    await upload(books, '%PDF-1.7 before')
    renameSync(first, `${first}-elsewhere`)
    await upload(books, '%PDF-1.7 during')
    expect(lines).toEqual([
      expect.stringMatching(/STORAGE_FALLBACK_URL.+refused it.+daftari storage reconcile$/),
    ])
    rmSync(first, { recursive: true, force: true })
    renameSync(`${first}-elsewhere`, first)
    expect(await books.storage.reconcile(operator)).toMatchObject({ filesMoved: 1 })
  })

  test('must be two', () => {
    const { first } = folders()
    const env = { STORAGE_URL: `file:${first}`, STORAGE_FALLBACK_URL: `file:${first}/../first` }
    expect(() => loadConfig(env)).toThrow(/STORAGE_FALLBACK_URL: must be another place than STORAGE_URL/)
    const bucket = 's3://key:canary@127.0.0.1:9000/receipts?tls=0'
    expect(() => loadConfig({ STORAGE_URL: bucket, STORAGE_FALLBACK_URL: bucket })).toThrow(
      /another place than STORAGE_URL$/,
    )
    expect(() => loadConfig({ STORAGE_FALLBACK_URL: 'ftp://canary' })).toThrow(/^(?!.*canary)/s)
  })

  test('F56 a second place that was not marked is told, once the books know of files', async () => {
    const { parent, first, second } = folders()
    const one = openStores(loadConfig({ DAFTARI_DATA_DIR: parent, STORAGE_URL: `file:${first}` }))
    const [files] = one
    if (files === undefined) throw new Error('no store is opened')
    const ports = { ...createMemoryAdapters(), files, fileStores: one }
    await prepareFiles(ports)
    await upload(createBooks(ports), '%PDF-1.7')
    const two = [...one, createFolderFileStore({ folder: second })]
    expect(await prepareFiles({ ...ports, fileStores: two })).toMatch(
      /STORAGE_FALLBACK_URL is not marked.+daftari storage init$/,
    )
  })
})

describe('doctor --component storage', () => {
  /** Nothing listens at the address of the database: the check asks nothing of it. */
  function configOf(parent: string, storageUrl: string, fallbackUrl?: string): Config {
    return loadConfig({
      DAFTARI_DATA_DIR: parent,
      DATABASE_URL: 'postgres://asha:canary@127.0.0.1:1/books',
      STORAGE_URL: storageUrl,
      STORAGE_FALLBACK_URL: fallbackUrl,
    })
  }

  test('stores, reads and removes a few bytes in each place', async () => {
    const { parent, first, second } = folders()
    const config = configOf(parent, `file:${first}`, `file:${second}`)
    const stores = openStores(config)
    for (const store of stores) await store.mark(freshId())
    const finding = await findingOf(checkStorage, config)
    expect(finding).toMatchObject({ component: 'storage', ok: true, remedy: null })
    expect(finding.details).toHaveLength(2)
    for (const store of stores) expect(await store.list(null, 10)).toEqual([])
  })

  test('F56 finds a place that is not marked, and says what to type', async () => {
    const { parent, first } = folders()
    expect(await findingOf(checkStorage, configOf(parent, `file:${first}`))).toMatchObject({
      ok: false,
      details: [expect.stringContaining('is its disk mounted?')],
      remedy: 'daftari storage init',
    })
  })

  test('F50 finds a second place that cannot be reached, and shows no secret', async () => {
    const { parent, first } = folders()
    const config = configOf(parent, `file:${first}`, 's3://canary:canary@127.0.0.1:1/receipts?tls=0')
    await openStores(config)[0]?.mark(freshId())
    const finding = await findingOf(checkStorage, config)
    expect(finding).toMatchObject({
      ok: false,
      details: [expect.stringContaining('the bucket receipts of 127.0.0.1:1')],
    })
    expect(JSON.stringify(finding)).not.toContain('canary')
  })

  test('finds a place that takes nothing', async () => {
    const { parent, first } = folders()
    const config = configOf(parent, `file:${first}`)
    await openStores(config)[0]?.mark(freshId())
    mkdirSync(join(first, 'files'), { recursive: true })
    writeFileSync(
      join(first, 'files', '00000000-0000-7000-8000-000000000000'),
      'a file where a folder should be',
    )
    expect(await findingOf(checkStorage, config)).toMatchObject({ ok: false, component: 'storage' })
  })
})
