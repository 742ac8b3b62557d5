import { createHash } from 'node:crypto'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { createBooks, type FileStore } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import multipart from '@fastify/multipart'
import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { booksPlugin } from '../src/index.ts'
import { type FormPart, formOf, PDF, pdfForm } from './support/form.ts'
import {
  AMINA,
  authenticate,
  BARAKA,
  openService,
  requestOf,
  type TestService,
} from './support/test-service.ts'

const NOWHERE = '019a9a60-0000-7000-8000-ffffffffffff'
const file: FormPart = { name: 'file', fileName: 'risiti.pdf', content: PDF }

async function upload(service: TestService, form = pdfForm()): Promise<{ id: string; sha256: string }> {
  const answer = await service.send('POST', '/v1/attachments', form)
  expect(answer.statusCode, answer.body).toBe(201)
  return answer.json()
}

function keysOf({ memory }: TestService): Promise<readonly unknown[]> {
  return memory.files.list(null, 1_000)
}

describe('POST /v1/attachments', () => {
  test('stores the file and says where it is', async () => {
    const service = await openService()
    const answer = await service.send('POST', '/v1/attachments', pdfForm())
    const view = answer.json()
    expect([answer.statusCode, answer.headers.location]).toEqual([201, `/v1/attachments/${view.id}`])
    expect(answer.headers.etag).toBeUndefined()
    expect(view).toMatchObject({
      fileName: 'risiti.pdf',
      contentType: 'application/pdf',
      sizeBytes: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      state: 'staged',
      preview: 'none',
    })
    expect((await service.send('GET', `/v1/attachments/${view.id}`)).json()).toEqual(view)
  })

  test('F12 is carried out once under a key', async () => {
    const service = await openService()
    const keyed = { ...pdfForm(), headers: { ...pdfForm().headers, 'idempotency-key': 'slip-1' } }
    const first = await service.send('POST', '/v1/attachments', keyed)
    const again = await service.send('POST', '/v1/attachments', keyed)
    expect([again.statusCode, again.body]).toEqual([201, first.body])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await keysOf(service)).toHaveLength(1)
    const other = { ...pdfForm('risiti.pdf', '%PDF-1.6'), headers: keyed.headers }
    const refused = await service.send('POST', '/v1/attachments', other)
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'idempotency_key_reused'])
  })

  const twice = formOf([file, file])
  const headers = pdfForm().headers
  test.each([
    ['F63 a file without bytes', pdfForm('a.pdf', ''), 422, 'validation_failed', ['/file empty_file']],
    ['F64 a second file', twice, 422, 'validation_failed', ['/file unknown_field']],
    ['F64 a third file', formOf([file, file, file]), 422, 'validation_failed', ['/file unknown_field']],
    [
      'F64 another field behind it',
      formOf([file, { name: 'note', content: 'x' }]),
      422,
      'validation_failed',
      ['/note unknown_field'],
    ],
    [
      'F64 another field before it',
      formOf([{ name: 'note', content: 'x' }, file]),
      422,
      'validation_failed',
      ['/note unknown_field'],
    ],
    [
      'F64 a file in another field',
      formOf([{ ...file, name: 'bill' }]),
      422,
      'validation_failed',
      ['/bill unknown_field'],
    ],
    ['no part', formOf([]), 422, 'validation_failed', ['/file text_invalid']],
    ['F64 a field that is none', formOf([{ ...file, name: '__proto__' }]), 400, 'malformed_multipart', []],
    ['F65 no last boundary', formOf([file], ''), 400, 'malformed_multipart', []],
    [
      'F65 no boundary',
      { body: pdfForm().body, headers: { 'content-type': 'multipart/form-data' } },
      400,
      'malformed_multipart',
      [],
    ],
    [
      'F65 another boundary',
      { body: pdfForm().body, headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      400,
      'malformed_multipart',
      [],
    ],
    [
      'F65 half a part',
      { body: Buffer.from('--a-boundary\r\nContent-Dispo'), headers },
      400,
      'malformed_multipart',
      [],
    ],
    ['an empty body', { body: Buffer.alloc(0), headers }, 422, 'validation_failed', ['/file text_invalid']],
    ['HTML that says it is a PDF', pdfForm('a.pdf', '<html><script>'), 415, 'unsupported_type', []],
    ['an SVG', pdfForm('a.xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'unsupported_type', []],
    ['JSON', { body: { file: 'x' } }, 415, 'unsupported_type', []],
    ['no body', {}, 415, 'unsupported_type', []],
  ] as const)('refuses %s and stores nothing', async (_, sending, status, code, faults) => {
    const service = await openService()
    const answer = await service.send('POST', '/v1/attachments', sending as object)
    expect([answer.statusCode, answer.json().code], answer.body).toEqual([status, code])
    const { errors } = answer.json()
    expect(
      errors.map((fault: { pointer: string; code: string }) => `${fault.pointer} ${fault.code}`),
    ).toEqual(faults)
    expect(await keysOf(service)).toEqual([])
    expect((await service.send('GET', '/v1/events')).json().data).toEqual([])
  })

  test('F63 takes 10 MiB and refuses one byte more, whatever Content-Length says', async () => {
    const service = await openService()
    const most = Buffer.alloc(10 * 1024 * 1024, ' ')
    most.write('%PDF-1.7')
    await upload(service, pdfForm('a.pdf', most))
    const more = await service.send(
      'POST',
      '/v1/attachments',
      pdfForm('a.pdf', Buffer.concat([most, Buffer.from('!')])),
    )
    expect([more.statusCode, more.json().code]).toEqual([413, 'too_large'])
    expect(await keysOf(service)).toHaveLength(1)
  })

  test('F53 stores nothing of a form whose sender goes away, and goes on serving', async () => {
    const service = await openService()
    await service.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = service.app.server.address() as AddressInfo
    const { body, headers: ofForm } = pdfForm('a.pdf', `%PDF-${'x'.repeat(100_000)}`)
    const { headers: ours } = requestOf('POST', '/v1/attachments', { headers: ofForm })
    for (const cut of [10, 200, 50_000, body.length - 3]) {
      const socket = connect(port, '127.0.0.1')
      const lines = Object.entries({ ...ours, host: 'localhost', 'content-length': body.length })
      const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
      socket.write(`POST /v1/attachments HTTP/1.1\r\n${head}\r\n`)
      await new Promise<void>((written) => socket.write(body.subarray(0, cut), () => written()))
      const isGone = new Promise<void>((gone) => socket.once('close', () => gone()))
      socket.destroy()
      await isGone
    }
    const { id } = await upload(service)
    expect(await keysOf(service)).toHaveLength(1)
    expect((await service.send('GET', `/v1/attachments/${id}`)).statusCode).toBe(200)
  })

  test('needs the scope write', async () => {
    const service = await openService()
    const answer = await service.send('POST', '/v1/attachments', { ...pdfForm(), scopes: ['read'] })
    expect(answer.statusCode).toBe(403)
    const nobody = await service.send('POST', '/v1/attachments', { ...pdfForm(), owner: null })
    expect(nobody.statusCode).toBe(401)
  })
})

describe('GET /v1/attachments/{id}/content', () => {
  test('gives the bytes to be saved, and never to be shown', async () => {
    const service = await openService()
    const { id, sha256 } = await upload(service, pdfForm('Risiti ü.pdf'))
    const answer = await service.send('GET', `/v1/attachments/${id}/content`)
    expect([answer.statusCode, answer.body]).toEqual([200, PDF])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': `${PDF.length}`,
      'content-disposition': `attachment; filename="Risiti _.pdf"; filename*=UTF-8''Risiti%20%C3%BC.pdf`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      etag: `"${sha256}"`,
    })
  })

  test.each([
    ['bytes=0-3', 206, '%PDF', `bytes 0-3/${PDF.length}`],
    ['bytes=-7', 206, 'receipt', `bytes 11-17/${PDF.length}`],
    ['bytes=99-', 200, PDF, undefined],
    ['bytes=0-1,3-4', 200, PDF, undefined],
  ])('answers the range %s with %i', async (range, status, text, contentRange) => {
    const service = await openService()
    const { id } = await upload(service)
    const answer = await service.send('GET', `/v1/attachments/${id}/content`, { headers: { range } })
    expect([answer.statusCode, answer.body, answer.headers['content-range']]).toEqual([
      status,
      text,
      contentRange,
    ])
    expect(answer.headers['content-length']).toBe(`${text.length}`)
  })

  test('answers a range with the whole when If-Range names other bytes', async () => {
    const service = await openService()
    const { id, sha256 } = await upload(service)
    const path = `/v1/attachments/${id}/content`
    const asked = async (tag: string) => {
      const headers = { range: 'bytes=0-3', 'if-range': tag }
      return (await service.send('GET', path, { headers })).statusCode
    }
    expect([await asked(`"${sha256}"`), await asked('"other"')]).toEqual([206, 200])
  })

  describe('F57 whose bytes were altered where they lie', () => {
    const LONG = `%PDF-${'0123456789'.repeat(50_000)}`

    async function damaged(text: string) {
      const adapters = createMemoryAdapters()
      const files: FileStore = {
        ...adapters.files,
        read: async () =>
          Readable.from(`${text.slice(0, -1)}!`.match(/.{1,10000}/g)?.map((part) => Buffer.from(part)) ?? []),
      }
      const service = await openService(() => createBooks({ ...adapters, files }))
      const { id } = await upload(service, pdfForm('a.pdf', text))
      return { service, path: `/v1/attachments/${id}/content` }
    }

    test('is a problem while nothing of it was sent', async () => {
      const { service, path } = await damaged(PDF)
      const answer = await service.send('GET', path)
      expect([answer.statusCode, answer.json().code]).toEqual([500, 'file_damaged'])
    })

    test('breaks off before its end', async () => {
      const { service, path } = await damaged(LONG)
      await service.app.listen({ port: 0, host: '127.0.0.1' })
      const { port } = service.app.server.address() as AddressInfo
      const { url, headers } = requestOf('GET', path, {})
      const answer = await fetch(`http://127.0.0.1:${port}${url}`, {
        headers: headers as Record<string, string>,
      })
      await expect(answer.text()).rejects.toThrow()
    })
  })

  test('F57 is a problem where the bytes are gone', async () => {
    const service = await openService()
    const { id } = await upload(service)
    const [stored] = await service.memory.files.list(null, 1)
    if (stored !== undefined) await service.memory.files.delete(stored.key)
    const answer = await service.send('GET', `/v1/attachments/${id}/content`)
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'file_damaged'])
  })

  test('F79 tells another owner of nothing', async () => {
    const service = await openService()
    const { id } = await upload(service)
    for (const path of ['', '/content', '/link']) {
      const seen = await service.send('GET', `/v1/attachments/${id}${path}`, { owner: BARAKA })
      const absent = await service.send('GET', `/v1/attachments/${NOWHERE}${path}`, { owner: AMINA })
      expect([seen.statusCode, seen.json().detail]).toEqual([404, absent.json().detail])
    }
    expect((await service.send('DELETE', `/v1/attachments/${id}`, { owner: BARAKA })).statusCode).toBe(404)
  })
})

describe('a link', () => {
  /** A store that hands nothing out by itself, as a folder. */
  async function service(): Promise<TestService> {
    const opened = await openService()
    const {
      link: _,
      follow: __,
      ...files
    } = opened.memory.files as FileStore & { link: unknown; follow: unknown }
    return openService(() => createBooks({ ...opened.memory, files }))
  }

  test('needs no key, and offers bytes of no type to be saved', async () => {
    const opened = await service()
    const { id } = await upload(opened)
    const { url, expiresAt } = (await opened.send('GET', `/v1/attachments/${id}/link?expiresIn=60`)).json()
    expect(url).toMatch(/^http:\/\/localhost(:80)?\/v1\/files\/[\w.-]+$/)
    expect(Date.parse(expiresAt)).toBeGreaterThan(0)
    const answer = await opened.app.inject(new URL(url).pathname)
    expect([answer.statusCode, answer.body]).toEqual([200, PDF])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="risiti.pdf"/),
      'x-content-type-options': 'nosniff',
    })
  })

  test('F76 that was altered leads nowhere', async () => {
    const opened = await service()
    const { id } = await upload(opened)
    const { url } = (await opened.send('GET', `/v1/attachments/${id}/link`)).json()
    const path = new URL(url).pathname
    for (const forged of [`${path}x`, path.slice(0, -1), '/v1/files/', '/v1/files/a/b', `${path}/x`]) {
      const answer = await opened.app.inject(forged)
      expect([answer.statusCode, answer.json().code], forged).toEqual([404, 'not_found'])
    }
  })

  test.each(['0', '86401', '1.5', '-1', 'x', '', '1e3'])('for %j seconds is refused', async (expiresIn) => {
    const opened = await openService()
    const { id } = await upload(opened)
    const answer = await opened.send('GET', `/v1/attachments/${id}/link?expiresIn=${expiresIn}`)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'invalid_query'])
  })
})

describe('DELETE /v1/attachments/{id}', () => {
  test('removes a staged file, and refuses one that a record links', async () => {
    const service = await openService()
    const { id } = await upload(service)
    expect((await service.send('DELETE', `/v1/attachments/${id}`)).statusCode).toBe(204)
    expect((await service.send('GET', `/v1/attachments/${id}`)).statusCode).toBe(404)
    const { id: linked } = await upload(service)
    const bill = {
      supplier: { name: 'Dawasa' },
      number: 'D-7',
      dueDate: '2025-11-30',
      total: { amount: '80000', currency: 'TZS' },
      attachmentIds: [linked],
    }
    expect((await service.send('POST', '/v1/invoices', { body: bill })).statusCode).toBe(201)
    const answer = await service.send('DELETE', `/v1/attachments/${linked}`)
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'attachment_in_use'])
    expect(await keysOf(service)).toHaveLength(1)
  })
})

describe('a host with a multipart parser of its own', () => {
  test.each([true, false])(
    'and the books both take forms, the parser registered first: %s',
    async (isFirst) => {
      const app = Fastify()
      const books = createBooks(createMemoryAdapters())
      if (isFirst) await app.register(multipart)
      await app.register(booksPlugin, { books, authenticate })
      if (!isFirst) await app.register(multipart)
      app.post('/own', async (request) => {
        const names: string[] = []
        for await (const part of request.parts()) {
          names.push(part.fieldname)
          if (part.type === 'file') await part.toBuffer()
        }
        return names
      })
      const own = await app.inject(requestOf('POST', '/own', formOf([file, { ...file, name: 'other' }])))
      expect(own.json()).toEqual(['file', 'other'])
      const ours = await app.inject(requestOf('POST', '/v1/attachments', pdfForm()))
      expect([ours.statusCode, ours.json().fileName]).toEqual([201, 'risiti.pdf'])
      const second = await app.inject(requestOf('POST', '/v1/attachments', formOf([file, file])))
      expect(second.statusCode).toBe(422)
      await app.close()
    },
  )
})
