import { join } from 'node:path'
import { createFolderFileStore } from '@daftari/adapters-storage'
import { createBooks } from '@daftari/application'
import { createMemoryAdapters, freshId } from '@daftari/testing'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { jsonLogger } from '../src/serve/json-logger.ts'
import { createService } from '../src/serve/service.ts'
import { filesBelow, scratchFolder } from './support/files.ts'

/** What a file is, and the type it must be stored as; `null` where it must be refused. */
type Content = readonly [text: string, storedAs: string | null]

const HTML = '<!DOCTYPE html><html><script>alert(1)</script></html>'
const PDF = '%PDF-1.7 a receipt'
const JPEG = '\xff\xd8\xff\xe0\0\x10JFIF'
const PNG = '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'

const plain: readonly Content[] = [
  [PDF, 'application/pdf'],
  [PNG, 'image/png'],
  ['RIFF\x24\0\0\0WEBPVP8 ', 'image/webp'],
  ['II*\0\x08\0\0\0', 'image/tiff'],
  ['<?xml version="1.0"?><Invoice/>', 'application/xml'],
]

/** Two kinds at once: only the first counts, and it is handed out as that. */
const polyglots: readonly Content[] = [
  [`${PDF}\n${HTML}`, 'application/pdf'],
  [`${PNG}${SVG}`, 'image/png'],
  [`${JPEG}<?php system($_GET[0]); ?>`, 'image/jpeg'],
  [`${HTML}%PDF-1.7`, null],
  [`GIF89a/*${PDF}*/=1;`, null],
  [`PK\x03\x04${PDF}`, null],
  [`\n${PDF}`, null],
]

const documents: readonly Content[] = [
  [HTML, null],
  ['<html><body onload=alert(1)>', null],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', null],
  [SVG, null],
  [`<?xml version="1.0"?><!-- a bill -->\n${SVG}`, null],
  ['<s:SVG xmlns:s="http://www.w3.org/2000/svg"/>', null],
  ['<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', null],
  ['<!-- a --><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', null],
  ['<\0a\0/\0>\0', null],
  ['<?xml version="1.0" encoding="UTF-7"?><a/>', null],
]

const others: readonly Content[] = [
  ['', null],
  ['%PDF', null],
  ['\x89PNG\r\n', null],
  ['\xff\xd8', null],
  ['RIFF\x24\0\0\0WEB', null],
  ['II*', null],
  ['\0\0\0\0', null],
  ['MZ\x90\0', null],
  ['\x7fELF', null],
  ['#!/bin/sh\nrm -rf /', null],
  ['{"a":1}', null],
]

const contents = [...plain, ...polyglots, ...documents, ...others]
const declared = ['application/pdf', 'image/png', 'text/html', 'image/svg+xml']

const names = [
  '../../etc/passwd',
  '../../../../../../tmp/stolen.pdf',
  '..%2f..%2fstolen.pdf',
  '/etc/cron.d/stolen',
  'C:\\\\Windows\\\\stolen.pdf',
  '\\\\\\\\server\\\\share\\\\x.pdf',
  'file:///etc/passwd',
  '..',
  '.',
  '',
  ' ',
  '.htaccess',
  '-rf',
  'CON',
  'nul.pdf',
  'COM1.png',
  'a\0b.pdf',
  'a\u202Efdp.exe',
  'a\u2066b\u2069.pdf',
  'a\u200b\ufeff.pdf',
  'risiti.pdf.exe',
  'risiti.pdf::$DATA',
  '<img src=x onerror=alert(1)>.pdf',
  'a;b|c&d`e`.pdf',
  '__proto__',
  'x'.repeat(300),
  '\u{1f9fe}'.repeat(200),
  'e\u0301'.repeat(150),
  `${'../'.repeat(2_000)}x.pdf`,
]

interface Hostile {
  readonly fileName: string
  readonly type: string
  readonly content: Content
}

const hostile: readonly Hostile[] = [
  ...names.flatMap((fileName) =>
    [...plain.slice(0, 1), ...polyglots.slice(1, 2), ...documents.slice(0, 1)].map((content) => ({
      fileName,
      type: 'application/pdf',
      content,
    })),
  ),
  ...contents.flatMap((content) => declared.map((type) => ({ fileName: 'a.pdf', type, content }))),
]

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'image/tiff': '.tiff',
  'application/xml': '.xml',
}
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const UNSAFE = /^[-. ]|[\p{C}\p{Bidi_Control}/\\<>:"|?*]/u

function send(
  service: FastifyInstance,
  { fileName, type, content }: Hostile,
): Promise<LightMyRequestResponse> {
  const head = `Content-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: ${type}`
  const payload = Buffer.concat([
    Buffer.from(`--edge\r\n${head}\r\n\r\n`),
    Buffer.from(content[0], 'latin1'),
    Buffer.from('\r\n--edge--\r\n'),
  ])
  const headers = { 'content-type': 'multipart/form-data; boundary=edge' }
  return service.inject({ method: 'POST', url: '/v1/attachments', headers, payload })
}

async function openService(folder: string): Promise<FastifyInstance> {
  const files = createFolderFileStore({ folder })
  await files.mark(freshId())
  const memory = createMemoryAdapters()
  const service = await createService({
    books: createBooks({ ...memory, files }),
    authenticate: () => ({ ownerId: freshId(), actorId: 'a test', scopes: ['read', 'write'] }),
    health: { isReady: () => true },
    logger: jsonLogger('silent', { write: () => {} }),
    measured: { ...memory, repaired: () => 0 },
  })
  onTestFinished(() => service.close())
  return service
}

test(`F59, F64 and F75: of ${hostile.length} hostile files none is stored as what it is not, none outside, and none is a failure of ours`, async () => {
  const parent = scratchFolder()
  const service = await openService(join(parent, 'store'))
  let stored = 0
  for (const one of hostile) {
    const [text, storedAs] = one.content
    const label = JSON.stringify(one).slice(0, 300)
    const answer = await send(service, one)
    const told = answer.json()
    if (storedAs === null) {
      expect([415, 422], label).toContain(answer.statusCode)
      continue
    }
    expect(answer.statusCode, label).toBe(201)
    stored += 1
    expect(told, label).toMatchObject({ contentType: storedAs, sizeBytes: text.length })
    expect(told.fileName.endsWith(EXTENSIONS[storedAs]), label).toBe(true)
    expect([UNSAFE.test(told.fileName), DEVICE.test(told.fileName)], label).toEqual([false, false])
    expect(Buffer.byteLength(told.fileName), label).toBeLessThanOrEqual(255)
  }
  expect(stored).toBeGreaterThan(50)
  const paths = filesBelow(parent)
  expect(paths).toHaveLength(2 * stored + 1)
  for (const path of paths) {
    expect(path).toMatch(
      /^store\/(\.daftari-store|files\/[0-9a-f-]{36}\/\d{4}\/\d\d\/[0-9a-f-]{36}(\.meta)?)$/,
    )
  }
})
