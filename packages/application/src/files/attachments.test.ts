import { type AttachmentId, DomainError, fileKey } from '@daftari/domain'
import { describe, expect, test } from 'vitest'
import { PDF, pieces, textOf, uploaded, withoutLinks } from '../../test/support/files.ts'
import { bill, everyEvent } from '../../test/support/invoice-books.ts'
import { NOWHERE, type OpenBooks, openBooks } from '../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../test/support/refusal-of.ts'
import { createBooks, type FileStore, isReplay, noFileStore } from '../index.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const HASH = /^[0-9a-f]{64}$/

function keysOf({ ports }: OpenBooks): Promise<readonly unknown[]> {
  return ports.files.list(null, 100)
}

/** Books whose store behaves as the given methods say. */
function withStore(opened: OpenBooks, change: (files: FileStore) => Partial<FileStore>): OpenBooks {
  const files: FileStore = { ...opened.ports.files, ...change(opened.ports.files) }
  return { ...opened, books: createBooks({ ...opened.ports, files }) }
}

const unavailable = async (): Promise<never> => {
  throw new DomainError('unavailable', {})
}

describe('uploading a file', () => {
  test('stores its bytes and answers with what the books know of it', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const file = await books.attachments.upload(scope, {
      fileName: '../risiti.PDF',
      content: pieces('%PDF-', '1.7 a', ' receipt'),
    })
    expect(file).toEqual({
      id: expect.any(String),
      fileName: 'risiti.PDF',
      contentType: 'application/pdf',
      sizeBytes: PDF.length,
      sha256: expect.stringMatching(HASH),
      state: 'staged',
      expiresAt: '2026-11-22T09:00:00.000Z',
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'amina',
      updatedAt: '2026-11-21T09:00:00.000Z',
      pageCount: null,
      flags: [],
      preview: 'none',
    })
    expect(await books.attachments.get(scope, { attachmentId: file.id })).toEqual(file)
    const { content } = await books.attachments.read(scope, { attachmentId: file.id })
    expect(await textOf(content)).toBe(PDF)
  })

  test('is one event, which says nothing of pages, previews and stores', async () => {
    const opened = openBooks()
    const file = await uploaded(opened.books, opened.scope)
    const { pageCount: _, flags: __, preview: ___, ...record } = file
    expect(await everyEvent(opened, opened.scope)).toMatchObject([
      {
        type: 'attachment.stored',
        aggregateversion: 1,
        subject: file.id,
        data: { before: null, after: record },
      },
    ])
  })

  test.each([
    ['F63 no bytes', [''], ['/file empty_file']],
    ['F63 no piece', [], ['/file empty_file']],
  ])('refuses %s, and stores nothing', async (_, texts, faults) => {
    const opened = openBooks()
    const content = pieces(...texts)
    const answer = opened.books.attachments.upload(opened.scope, { fileName: 'a.pdf', content })
    expect(await faultsOf(answer)).toEqual(faults)
    expect(await keysOf(opened)).toEqual([])
  })

  test.each(['<html>', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'MZ an exe', '<!DOCTYPE x><x/>'])(
    'refuses %j whatever its name says, and stores nothing',
    async (text) => {
      const opened = openBooks()
      expect((await refusalOf(uploaded(opened.books, opened.scope, text))).code).toBe('unsupported_type')
      expect(await keysOf(opened)).toEqual([])
    },
  )

  test('F63 refuses one byte more than the limit and takes as many as the limit', async () => {
    const opened = openBooks()
    const books = createBooks(opened.ports, { uploadLimitBytes: PDF.length })
    const { code, details } = await refusalOf(uploaded(books, opened.scope, PDF, '!'))
    expect([code, details]).toEqual(['too_large', { limitBytes: PDF.length }])
    expect(await keysOf(opened)).toEqual([])
    expect((await uploaded(books, opened.scope)).sizeBytes).toBe(PDF.length)
  })

  test('F53 that breaks off fails as the sender failed, and stores nothing', async () => {
    const opened = openBooks()
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* pieces('%PDF-')
      throw new Error('the connection was lost')
    }
    const answer = opened.books.attachments.upload(opened.scope, { fileName: 'a.pdf', content: broken() })
    await expect(answer).rejects.toThrow('the connection was lost')
    expect(await keysOf(opened)).toEqual([])
  })

  test('F50 refuses without a store, and there is no row', async () => {
    const opened = openBooks()
    const books = createBooks({ ...opened.ports, files: noFileStore })
    expect((await refusalOf(uploaded(books, opened.scope))).code).toBe('unavailable')
    expect(await everyEvent(opened, opened.scope)).toEqual([])
  })

  test('F55 enters no row when the store refuses the bytes', async () => {
    const opened = withStore(openBooks(), () => ({
      put: async () => {
        throw new DomainError('storage_full', {})
      },
    }))
    expect((await refusalOf(uploaded(opened.books, opened.scope))).code).toBe('storage_full')
    expect(await everyEvent(opened, opened.scope)).toEqual([])
  })

  test('F54 removes the bytes when the row is refused', async () => {
    const opened = openBooks()
    opened.ports.failNext('unavailable')
    expect((await refusalOf(uploaded(opened.books, opened.scope))).code).toBe('unavailable')
    expect(await keysOf(opened)).toEqual([])
  })

  test('F54 leaves the bytes when nobody knows whether there is a row', async () => {
    const opened = openBooks()
    opened.ports.failNext('outcome_unknown')
    expect((await refusalOf(uploaded(opened.books, opened.scope))).code).toBe('outcome_unknown')
    expect(await keysOf(opened)).toHaveLength(1)
  })

  test('F54 tells why the row was refused, also when the bytes cannot be removed', async () => {
    const opened = withStore(openBooks(), () => ({ delete: unavailable }))
    opened.ports.failNext('overloaded')
    expect((await refusalOf(uploaded(opened.books, opened.scope))).code).toBe('overloaded')
  })
})

describe('F12 an upload under a key', () => {
  test('is carried out once, and a repetition gets the first answer', async () => {
    const opened = openBooks()
    const keyed = { ...opened.scope, idempotencyKey: 'upload-1' }
    const first = await uploaded(opened.books, keyed, '%PDF-1', '.7')
    const again = await uploaded(opened.books, keyed, '%PDF-', '1.7')
    expect(again).toEqual(first)
    expect([isReplay(first), isReplay(again)]).toEqual([false, true])
    expect(await keysOf(opened)).toHaveLength(1)
    expect(await everyEvent(opened, opened.scope)).toHaveLength(1)
  })

  test.each([
    ['bytes', 'risiti.pdf', '%PDF-1.6'],
    ['name', 'other.pdf', PDF],
  ])('F13 refuses another %s', async (_, fileName, text) => {
    const opened = openBooks()
    const keyed = { ...opened.scope, idempotencyKey: 'upload-1' }
    await uploaded(opened.books, keyed)
    const answer = opened.books.attachments.upload(keyed, { fileName, content: pieces(text) })
    expect((await refusalOf(answer)).code).toBe('idempotency_key_reused')
    expect(await keysOf(opened)).toHaveLength(1)
  })
})

describe('reading a file', () => {
  const long = `%PDF-${'0123456789'.repeat(20_000)}`

  test('gives a part that was asked for', async () => {
    const { books, scope } = openBooks()
    const { id } = await uploaded(books, scope, long)
    const range = { offset: 3, length: 4 }
    const { content } = await books.attachments.read(scope, { attachmentId: id, range })
    expect(await textOf(content)).toBe('F-01')
  })

  test.each([
    ['a bit of it flipped', (text: string) => `${text.slice(0, -1)}!`],
    ['its beginning changed', (text: string) => `!${text.slice(1)}`],
    ['its end cut off', (text: string) => text.slice(0, -1)],
    ['something put behind it', (text: string) => `${text}!`],
  ])('F57 of which somebody has %s breaks off before its end', async (_, damage) => {
    const opened = openBooks()
    const { id } = await uploaded(opened.books, opened.scope, long)
    const { books } = withStore(opened, () => ({
      read: async () => pieces(...(damage(long).match(/.{1,5000}/gs) ?? [])),
    }))
    const { content } = await books.attachments.read(opened.scope, { attachmentId: id })
    let got = 0
    const reading = (async () => {
      for await (const piece of content) got += piece.length
    })()
    expect((await refusalOf(reading)).code).toBe('file_damaged')
    expect(got).toBeLessThanOrEqual(long.length - 60_000)
  })

  test('F79 is for its owner alone', async () => {
    const { books, scope, stranger } = openBooks()
    const target = { attachmentId: (await uploaded(books, scope)).id }
    for (const answer of [
      books.attachments.get(stranger, target),
      books.attachments.read(stranger, target),
      books.attachments.link(stranger, target),
      books.attachments.delete(stranger, target),
    ]) {
      const { code, details } = await refusalOf(answer)
      expect([code, details]).toEqual(['not_found', { kind: 'attachment', id: target.attachmentId }])
    }
    expect(await books.attachments.get(scope, target)).toMatchObject({ state: 'staged' })
  })
})

describe('a link', () => {
  function opened(): OpenBooks {
    const started = openBooks()
    return { ...started, books: createBooks({ ...started.ports, files: withoutLinks(started.ports.files) }) }
  }

  test('opens the file for whoever has it, until it expires', async () => {
    const { books, scope, clock } = opened()
    const { id } = await uploaded(books, scope)
    const link = await books.attachments.link(scope, { attachmentId: id, expiresIn: 60 })
    expect(link).toEqual({ url: null, token: expect.any(String), expiresAt: '2026-11-21T09:01:00.000Z' })
    const token = link.token ?? ''
    clock.advance(59_999)
    expect(await textOf((await books.attachments.follow({ token })).content)).toBe(PDF)
    clock.advance(1)
    expect((await refusalOf(books.attachments.follow({ token }))).code).toBe('not_found')
  })

  test('is the one of the store, where the store hands files out by itself', async () => {
    const { books, scope } = openBooks()
    const { id } = await uploaded(books, scope)
    expect(await books.attachments.link(scope, { attachmentId: id })).toEqual({
      url: expect.stringMatching(/^memory:/),
      token: null,
      expiresAt: '2026-11-21T10:00:00.000Z',
    })
  })

  test('F76 that was altered, or is a cursor, leads nowhere', async () => {
    const { books, scope, ports } = opened()
    const { id } = await uploaded(books, scope)
    const { token } = await books.attachments.link(scope, { attachmentId: id })
    const cursor = ports.cursors.seal(JSON.stringify([scope.ownerId, id, 9e15]), '["a list"]')
    for (const forged of [`${token}x`, token?.slice(1) ?? '', cursor, '']) {
      expect((await refusalOf(books.attachments.follow({ token: forged }))).code).toBe('not_found')
    }
  })

  test('leads nowhere when the file was removed', async () => {
    const { books, scope } = opened()
    const { id } = await uploaded(books, scope)
    const { token } = await books.attachments.link(scope, { attachmentId: id })
    await books.attachments.delete(scope, { attachmentId: id })
    expect((await refusalOf(books.attachments.follow({ token: token ?? '' }))).code).toBe('not_found')
  })

  test.each([0, 86_401, 1.5, Number.NaN])('for %s seconds is refused', async (expiresIn) => {
    const { books, scope } = opened()
    const answer = books.attachments.link(scope, { attachmentId: NOWHERE, expiresIn })
    expect((await refusalOf(answer)).code).toBe('invalid_query')
  })
})

describe('deleting a file', () => {
  test('removes the row, the bytes, and tells it as the second event', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const { id } = await uploaded(books, scope)
    await books.attachments.delete(scope, { attachmentId: id })
    expect((await refusalOf(books.attachments.get(scope, { attachmentId: id }))).code).toBe('not_found')
    expect(await keysOf(opened)).toEqual([])
    expect((await everyEvent(opened, scope)).at(-1)).toMatchObject({
      type: 'attachment.removed',
      aggregateversion: 2,
      data: { before: { fileName: 'risiti.pdf' }, after: null },
    })
  })

  test('refuses one that was ever linked, and keeps its bytes', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const { id } = await uploaded(books, scope)
    const invoice = await books.invoices.create(scope, bill({ attachmentIds: [id] }))
    const target = { invoiceId: invoice.id, version: 1 }
    await books.invoices.update(scope, target, { attachmentIds: [] })
    opened.clock.advance(2 * DAY_MS)
    const answer = books.attachments.delete(scope, { attachmentId: id })
    expect((await refusalOf(answer)).code).toBe('attachment_in_use')
    expect(await keysOf(opened)).toHaveLength(1)
  })

  test('succeeds when the bytes cannot be removed now', async () => {
    const started = openBooks()
    const { id } = await uploaded(started.books, started.scope)
    const { books, scope } = withStore(started, () => ({ delete: unavailable }))
    await books.attachments.delete(scope, { attachmentId: id })
    expect(await started.ports.files.stat(fileKey(scope.ownerId, id as AttachmentId))).not.toBeNull()
    expect((await refusalOf(books.attachments.get(scope, { attachmentId: id }))).code).toBe('not_found')
  })
})
