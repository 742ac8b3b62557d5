import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createPostgresAdapters } from '@daftari/adapters-postgres'
import { createFolderFileStore } from '@daftari/adapters-storage'
import { type AttachmentContent, type Books, createBooks } from '@daftari/application'
import { freshId, manualClock } from '@daftari/testing'
import { expect, onTestFinished, test } from 'vitest'
import { COMPILE_CACHE } from '../harness/service-process.ts'
import { databases } from './support/postgres.ts'

const PROGRAM = fileURLToPath(new URL('programs/kill-files.ts', import.meta.url))
const OPERATOR = { actorId: 'a test' }
const AT_ONCE = 4
const FILE_BYTES = 150_008
const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1_000

const server = databases()

type Did = 'kept' | 'uploaded' | 'deleting' | 'deleted' | 'killed'

interface Life {
  readonly ownerId: string
  readonly signal: NodeJS.Signals | null
  /** What was said, each with its id or name. */
  readonly said: ReadonlyMap<Did, string>
}

async function liveUntil(step: number, connectionString: string, folder: string): Promise<Life> {
  const ownerId = freshId()
  const args = ['--conditions=source', PROGRAM, connectionString, folder, ownerId, String(step)]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  const lines = output.split('\n').filter((line) => line !== '')
  const said = new Map(lines.map((line) => Object.values<string>(JSON.parse(line)) as [Did, string]))
  if (signal === null) expect(code).toBe(0)
  return { ownerId, signal, said }
}

/** As many bytes as were read, or the code that the file was refused with. */
async function readBack({ attachments }: Books, ownerId: string, id: string): Promise<number | string> {
  const scope = { ownerId, actorId: 'amina' }
  const found = await attachments
    .read(scope, { attachmentId: id })
    .catch((error: { code: string }) => error.code)
  return typeof found === 'string' ? found : lengthOf(found)
}

async function lengthOf({ content }: AttachmentContent): Promise<number> {
  let bytes = 0
  for await (const piece of content) bytes += piece.length
  return bytes
}

/** What was acknowledged is as it was said, whenever the process was killed. */
async function examine(books: Books, { ownerId, said }: Life): Promise<void> {
  const label = `killed ${said.get('killed')}`
  expect(await readBack(books, ownerId, said.get('kept') ?? ''), label).toBe(FILE_BYTES)
  const id = said.get('uploaded')
  if (id === undefined) return
  const found = await readBack(books, ownerId, id)
  if (said.has('deleted')) expect(found, label).toBe('not_found')
  else if (said.has('deleting')) expect([FILE_BYTES, 'not_found'], label).toContain(found)
  else expect(found, label).toBe(FILE_BYTES)
}

/** A record links the file, so that its day is never over. */
async function link(books: Books, { ownerId, said }: Life): Promise<void> {
  const scope = { ownerId, actorId: 'amina' }
  const invoice = {
    supplier: { name: 'Dawasa' },
    number: 'D-7',
    dueDate: '2026-11-30',
    total: { amount: '80000', currency: 'TZS' },
    attachmentIds: [said.get('kept') ?? ''],
  }
  await books.invoices.create(scope, invoice)
}

test('F54 and F55: kill -9 between each two steps of an upload and a deletion', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-kills-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  const connectionString = await server.createMigrated()
  const files = createFolderFileStore({ folder })
  await files.mark(freshId())
  const clock = manualClock(new Date().toISOString())
  const adapters = createPostgresAdapters({ connectionString, files })
  onTestFinished(() => adapters.close())
  const books = createBooks({ ...adapters, clock })

  const lives: Life[] = []
  for (let isKilled = true; isKilled; ) {
    const steps = Array.from({ length: AT_ONCE }, (_, index) => lives.length + index + 1)
    const lived = await Promise.all(steps.map((step) => liveUntil(step, connectionString, folder)))
    lives.push(...lived)
    isKilled = lived.every(({ signal }) => signal === 'SIGKILL')
  }
  const killed = lives.filter(({ signal }) => signal === 'SIGKILL')
  expect(killed.length).toBeGreaterThan(15)
  expect(new Set(killed.map(({ said }) => said.get('killed'))).size).toBeGreaterThan(10)

  // No row is ever without its bytes, also before anything is swept.
  expect(await books.storage.verify(OPERATOR)).toMatchObject({ missing: [], damaged: [] })
  for (const life of lives) {
    await examine(books, life)
    await link(books, life)
  }

  clock.advance(TWO_DAYS_MS)
  expect(await books.storage.sweep(OPERATOR)).toMatchObject({ filesFailed: 0, inconsistencies: 0 })
  expect(await books.storage.verify(OPERATOR)).toEqual({ files: lives.length, missing: [], damaged: [] })
  expect(await files.list(null, 1_000)).toHaveLength(lives.length)
  expect(readdirSync(join(folder, 'receiving'))).toEqual([])
  for (const { ownerId, said } of lives) {
    expect(await readBack(books, ownerId, said.get('kept') ?? '')).toBe(FILE_BYTES)
  }
})
