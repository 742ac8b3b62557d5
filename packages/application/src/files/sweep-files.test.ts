import { type AttachmentId, DomainError, fileKey } from '@daftari/domain'
import { describe, expect, test } from 'vitest'
import { PDF, pieces, uploaded } from '../../test/support/files.ts'
import { bill, everyEvent } from '../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks } from '../../test/support/open-books.ts'
import { refusalOf } from '../../test/support/refusal-of.ts'
import { createBooks, type FileStore } from '../index.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const operator = { actorId: 'an operator' }

async function linkedFile(opened: OpenBooks, scope = opened.scope): Promise<string> {
  const { id } = await uploaded(opened.books, scope)
  await opened.books.invoices.create(scope, bill({ number: opened.ports.ids.next(), attachmentIds: [id] }))
  return id
}

/** Bytes without a row, made at the time of the clock. */
async function orphan({ ports, scope }: OpenBooks): Promise<void> {
  const file = await ports.files.receive(pieces(PDF), 1_000)
  if (file !== null) {
    await ports.files.put(fileKey(scope.ownerId, ports.ids.next<AttachmentId>()), file, 'application/pdf')
  }
}

async function lose({ ports, scope }: OpenBooks, id: string): Promise<void> {
  await ports.files.delete(fileKey(scope.ownerId, id as AttachmentId))
}

const keysOf = async ({ ports }: OpenBooks) => (await ports.files.list(null, 1_000)).map(({ key }) => key)

describe('a sweep', () => {
  test('removes files whose day is over, of all owners, and tells it as its own doing', async () => {
    const opened = openBooks()
    const { books, scope, stranger, clock } = opened
    await uploaded(books, scope)
    await uploaded(books, stranger)
    clock.advance(DAY_MS - 1)
    const nothing = { filesRemoved: 0, filesFailed: 0, bytesReclaimed: 0, inconsistencies: 0 }
    expect(await books.storage.sweep(operator)).toEqual(nothing)
    clock.advance(1)
    const young = await uploaded(books, scope)
    const linked = await linkedFile(opened)
    expect(await books.storage.sweep(operator)).toEqual({
      filesRemoved: 2,
      filesFailed: 0,
      bytesReclaimed: 2 * PDF.length,
      inconsistencies: 0,
    })
    expect(await keysOf(opened)).toEqual(
      [young.id, linked].map((id) => fileKey(scope.ownerId, id as AttachmentId)),
    )
    expect((await everyEvent(opened, stranger)).at(-1)).toMatchObject({
      type: 'attachment.removed',
      actor: 'daftari sweep',
    })
    expect(await books.storage.sweep(operator)).toEqual(nothing)
  })

  test('removes more files than it asks for at once', async () => {
    const opened = openBooks()
    for (let count = 0; count < 205; count += 1) await uploaded(opened.books, opened.scope)
    opened.clock.advance(DAY_MS)
    expect(await opened.books.storage.sweep(operator)).toMatchObject({ filesRemoved: 205 })
    expect(await keysOf(opened)).toEqual([])
  })

  test('F54 removes bytes without a row once they are a day old', async () => {
    const opened = openBooks()
    const id = await linkedFile(opened)
    await orphan(opened)
    opened.clock.advance(DAY_MS)
    expect(await opened.books.storage.sweep(operator)).toMatchObject({ filesRemoved: 0 })
    opened.clock.advance(1)
    await orphan(opened)
    expect(await opened.books.storage.sweep(operator)).toMatchObject({ filesRemoved: 1 })
    const [kept, young, ...others] = await keysOf(opened)
    expect([kept, others]).toEqual([fileKey(opened.scope.ownerId, id as AttachmentId), []])
    expect(young).toBeDefined()
  })

  test('F56 removes nothing when more than 1 % of the files are missing', async () => {
    const opened = openBooks()
    const ids: string[] = []
    for (let count = 0; count < 99; count += 1) ids.push(await linkedFile(opened))
    await orphan(opened)
    opened.clock.advance(2 * DAY_MS)
    await lose(opened, ids[50] ?? '')
    const refusal = await refusalOf(opened.books.storage.sweep(operator))
    expect([refusal.code, refusal.message]).toEqual([
      'unavailable',
      expect.stringMatching(/^1 of 99 files are missing in the store. Nothing was removed/),
    ])
    expect(await keysOf(opened)).toHaveLength(99)
    await linkedFile(opened)
    expect(await opened.books.storage.sweep(operator)).toMatchObject({ filesRemoved: 1, inconsistencies: 1 })
  })

  test('F56 removes nothing when the store has lost its mark', async () => {
    const opened = openBooks()
    await uploaded(opened.books, opened.scope)
    opened.clock.advance(DAY_MS)
    const list: FileStore['list'] = async () => {
      throw new DomainError('unavailable', {})
    }
    const books = createBooks({ ...opened.ports, files: { ...opened.ports.files, list } })
    expect((await refusalOf(books.storage.sweep(operator))).code).toBe('unavailable')
    expect(await everyEvent(opened, opened.scope)).toHaveLength(1)
  })

  test('counts what it cannot remove, and ends', async () => {
    const opened = openBooks()
    for (let count = 0; count < 100; count += 1) await uploaded(opened.books, opened.scope)
    opened.clock.advance(DAY_MS)
    const refuse = async (): Promise<never> => {
      throw new DomainError('unavailable', {})
    }
    const books = createBooks({ ...opened.ports, files: { ...opened.ports.files, delete: refuse } })
    expect(await books.storage.sweep(operator)).toMatchObject({ filesRemoved: 0, filesFailed: 100 })
  })

  test('leaves a file that is linked while it is swept', async () => {
    const opened = openBooks()
    const { id } = await uploaded(opened.books, opened.scope)
    opened.clock.advance(DAY_MS - 1)
    await opened.books.invoices.create(opened.scope, bill({ attachmentIds: [id] }))
    opened.clock.advance(1)
    const stale = { ownerId: opened.scope.ownerId, attachment: { id, expiresAt: 0, sizeBytes: 1 } }
    const fileUpkeep = { ...opened.ports.fileUpkeep, listExpired: async () => [stale] as never }
    await createBooks({ ...opened.ports, fileUpkeep }).storage.sweep(operator)
    expect(await opened.books.attachments.get(opened.scope, { attachmentId: id })).toMatchObject({
      state: 'linked',
    })
    expect(await keysOf(opened)).toHaveLength(1)
  })
})

describe('verifying', () => {
  test('F57 names the files that are missing or damaged', async () => {
    const opened = openBooks()
    const { books, scope, ports } = opened
    const [whole, gone, altered] = [
      await linkedFile(opened),
      await linkedFile(opened, scope),
      await linkedFile(opened, opened.stranger),
    ]
    await orphan(opened)
    expect(await books.storage.verify(operator)).toEqual({ files: 3, missing: [], damaged: [] })
    await lose(opened, gone)
    const other = await ports.files.receive(pieces('%PDF-1.7 another one'), 1_000)
    const key = fileKey(opened.stranger.ownerId, altered as AttachmentId)
    if (other !== null) await ports.files.put(key, other, 'application/pdf')
    expect(await books.storage.verify(operator)).toEqual({ files: 3, missing: [gone], damaged: [altered] })
    expect(whole).toBeDefined()
  })
})
