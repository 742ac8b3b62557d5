import { type AttachmentId, DomainError, fileKey } from '@daftari/domain'
import { type MemoryFileStore, memoryFileStore } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { PDF, pieces, textOf, uploaded } from '../../test/support/files.ts'
import { bill } from '../../test/support/invoice-books.ts'
import { type OpenBooks, openBooks } from '../../test/support/open-books.ts'
import { type Books, createBooks, type FileStore } from '../index.ts'

const operator = { actorId: 'an operator' }
const FIRST = '019373c2-7a00-7000-8000-000000000001'
const SECOND = '019373c2-7a00-7000-8000-000000000002'

interface TwoPlaces extends OpenBooks {
  readonly first: MemoryFileStore
  readonly second: MemoryFileStore
  /** The books as they store during an outage of the first place. */
  readonly during: Books
  /** The books as they are afterwards. */
  readonly after: Books
}

/** Books with two places for files, in the first of which some methods are replaced. */
async function twoPlaces(
  replaced: (first: FileStore) => Partial<FileStore> = () => ({}),
): Promise<TwoPlaces> {
  const opened = openBooks()
  const [first, second] = [memoryFileStore(opened), memoryFileStore(opened)]
  await first.mark(FIRST)
  await second.mark(SECOND)
  const fileStores = [{ ...first, ...replaced(first) }, second]
  const books = (files: FileStore): Books => createBooks({ ...opened.ports, files, fileStores })
  return { ...opened, first, second, during: books(second), after: books(first) }
}

async function linked({ scope, ports }: OpenBooks, books: Books): Promise<AttachmentId> {
  const { id } = await uploaded(books, scope)
  await books.invoices.create(scope, bill({ number: ports.ids.next(), attachmentIds: [id] }))
  return id as AttachmentId
}

async function putText(store: FileStore, ownerId: string, id: AttachmentId, text: string): Promise<void> {
  const file = await store.receive(pieces(text), 1_000)
  if (file !== null) await store.put(fileKey(ownerId, id), file, 'application/pdf')
}

const keysIn = async (store: FileStore) => (await store.list(null, 1_000)).map(({ key }) => key)

describe('reconciling', () => {
  test('moves what lies elsewhere into the first store, and removes it there', async () => {
    const opened = await twoPlaces()
    const { scope, during, after, first, second, ports } = opened
    const kept = await linked(opened, after)
    const moved = [await linked(opened, during), await linked(opened, during)]
    expect(await after.storage.reconcile(operator)).toEqual({
      filesMoved: 2,
      bytesMoved: 2 * PDF.length,
      filesFailed: 0,
      missing: [],
      damaged: [],
    })
    expect(await keysIn(first)).toEqual([kept, ...moved].map((id) => fileKey(scope.ownerId, id)))
    expect(await keysIn(second)).toEqual([])
    for (const id of moved) {
      expect((await ports.queries.attachments.find(scope.ownerId, id))?.storeId).toBe(FIRST)
      expect(await textOf((await after.attachments.read(scope, { attachmentId: id })).content)).toBe(PDF)
    }
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 0, filesFailed: 0 })
  })

  test('F51 removes what a run that was stopped had copied and not yet removed', async () => {
    const opened = await twoPlaces()
    const { scope, after, first, second } = opened
    const id = await linked(opened, after)
    await putText(second, scope.ownerId, id, PDF)
    await after.storage.reconcile(operator)
    expect(await keysIn(second)).toEqual([])
    expect(await keysIn(first)).toHaveLength(1)
  })

  test('F57 leaves a damaged file where it is, and names it', async () => {
    const opened = await twoPlaces()
    const { scope, during, after, first, second, ports } = opened
    const [bad, good] = [await linked(opened, during), await linked(opened, during)]
    await putText(second, scope.ownerId, bad, '%PDF-1.7 another')
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 1, damaged: [bad] })
    expect(await keysIn(first)).toEqual([fileKey(scope.ownerId, good)])
    expect(await keysIn(second)).toEqual([fileKey(scope.ownerId, bad)])
    expect((await ports.queries.attachments.find(scope.ownerId, bad))?.storeId).toBe(SECOND)
  })

  test('F56 moves nothing when many files are missing', async () => {
    const opened = await twoPlaces()
    const { scope, during, after, first, second } = opened
    const [lost] = [await linked(opened, during), await linked(opened, during)]
    await second.delete(fileKey(scope.ownerId, lost))
    await expect(after.storage.reconcile(operator)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/^1 of 2 files are missing .+ Nothing was moved/),
    })
    expect([await keysIn(first), (await keysIn(second)).length]).toEqual([[], 1])
  })

  test('F56 names the missing when they are few', async () => {
    const opened = await twoPlaces()
    const { scope, during, after, second } = opened
    for (let count = 0; count < 99; count += 1) await linked(opened, after)
    const lost = await linked(opened, during)
    await second.delete(fileKey(scope.ownerId, lost))
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 0, missing: [lost] })
  })

  test('F56 refuses a store without a mark, and two with the same', async () => {
    const opened = openBooks()
    const [first, second] = [memoryFileStore(opened), memoryFileStore(opened)]
    const books = createBooks({ ...opened.ports, fileStores: [first, second] })
    await first.mark(FIRST)
    await expect(books.storage.reconcile(operator)).rejects.toThrow(/not marked/)
    await second.mark(FIRST)
    await expect(books.storage.reconcile(operator)).rejects.toThrow(/Two file stores/)
  })

  test('F50 a first store that fails again loses nothing, and the next run moves the rest', async () => {
    let isOut = true
    const opened = await twoPlaces((first) => ({
      put: async (...args) => {
        if (isOut) throw new DomainError('unavailable', {})
        return first.put(...args)
      },
    }))
    const { during, after, second } = opened
    await linked(opened, during)
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 0, filesFailed: 1 })
    expect(await keysIn(second)).toHaveLength(1)
    isOut = false
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 1, filesFailed: 0 })
  })

  test('F57 a copy that is not what was read is not switched to', async () => {
    const opened = await twoPlaces((first) => ({
      stat: async (key) => {
        const stored = await first.stat(key)
        return stored === null ? null : { ...stored, sizeBytes: stored.sizeBytes - 1 }
      },
    }))
    const { scope, during, after, second, ports } = opened
    const id = await linked(opened, during)
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 0, damaged: [id] })
    expect(await keysIn(second)).toHaveLength(1)
    expect((await ports.queries.attachments.find(scope.ownerId, id))?.storeId).toBe(SECOND)
  })

  test('F51 a file that another run moves meanwhile is neither failed nor damaged', async () => {
    let moveByAnother = async (): Promise<void> => {}
    const opened = await twoPlaces((first) => ({
      receive: async (...args) => {
        await moveByAnother()
        return first.receive(...args)
      },
    }))
    const { during, after, first, second } = opened
    await linked(opened, during)
    moveByAnother = async () => {
      moveByAnother = async () => {}
      expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 1 })
    }
    expect(await after.storage.reconcile(operator)).toEqual({
      filesMoved: 0,
      bytesMoved: 0,
      filesFailed: 0,
      missing: [],
      damaged: [],
    })
    expect([(await keysIn(first)).length, await keysIn(second)]).toEqual([1, []])
  })

  test('F54 a file that is removed while it is copied leaves no copy', async () => {
    let remove = async (): Promise<void> => {}
    const opened = await twoPlaces((first) => ({
      put: async (...args) => {
        const id = await first.put(...args)
        await remove()
        return id
      },
    }))
    const { scope, during, after, first, second } = opened
    const { id: attachmentId } = await uploaded(during, scope)
    remove = async () => void (await during.attachments.delete(scope, { attachmentId }))
    expect(await after.storage.reconcile(operator)).toMatchObject({ filesMoved: 0, filesFailed: 0 })
    expect([await keysIn(first), await keysIn(second)]).toEqual([[], []])
  })
})

describe('I6: comparing', () => {
  test('finds nothing where rows and files agree, nor in books without files and without a place', async () => {
    const opened = await twoPlaces()
    await linked(opened, opened.after)
    expect(await opened.after.storage.compare(operator)).toEqual({ files: 1, differences: [] })
    const unmarked = { ...openBooks().ports, files: memoryFileStore(opened) }
    expect(await createBooks(unmarked).storage.compare(operator)).toEqual({ files: 0, differences: [] })
  })

  test('F57 names a file that is missing, that has another size, and that has another hash', async () => {
    const opened = await twoPlaces()
    const { scope, after, first } = opened
    const { ownerId } = scope
    const gone = await linked(opened, after)
    const longer = await linked(opened, after)
    const other = await linked(opened, after)
    await first.delete(fileKey(ownerId, gone))
    await putText(first, ownerId, longer, `${PDF}!`)
    await putText(first, ownerId, other, PDF.toUpperCase())
    expect((await after.storage.compare(operator)).differences).toEqual([
      { ownerId, attachmentId: gone, detail: 'is missing in its store' },
      {
        ownerId,
        attachmentId: longer,
        detail: `has ${PDF.length + 1} bytes in its store and ${PDF.length} in the books`,
      },
      { ownerId, attachmentId: other, detail: 'has another hash in its store than in the books' },
    ])
  })

  test('F54 names bytes without a row once two sweeps should have removed them', async () => {
    const opened = await twoPlaces()
    const { scope, ports, after, first, clock } = opened
    const id = ports.ids.next<AttachmentId>()
    await putText(first, scope.ownerId, id, PDF)
    clock.advance(2 * 24 * 60 * 60 * 1000)
    expect((await after.storage.compare(operator)).differences).toEqual([])
    clock.advance(1)
    expect((await after.storage.compare(operator)).differences).toMatchObject([{ attachmentId: id }])
  })
})
