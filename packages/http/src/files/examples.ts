import type { HttpContext } from '../endpoint/http-context.ts'
import { shared } from '../openapi/shared-examples.ts'

const { version: _, ...recorded } = shared.recorded as Readonly<Record<string, unknown>>

export const filesExamples: HttpContext['examples'] = {
  Attachment: {
    id: '019a9a60-5a00-7000-8000-000000000006',
    fileName: 'ankara.pdf',
    contentType: 'application/pdf',
    sizeBytes: 48_213,
    sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    state: 'staged',
    expiresAt: '2026-11-22T09:00:00.000Z',
    ...recorded,
    pageCount: null,
    flags: [],
    preview: 'none',
  },
  AttachmentLink: {
    url: 'https://books.example/v1/files/WyIwMTlhOWE2MCJd.c2VhbA',
    expiresAt: '2026-11-21T10:00:00.000Z',
  },
}
