import { writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { freshId } from '@daftari/testing'
import { expect, onTestFinished, test } from 'vitest'
import { someBytes } from './support/files.ts'
import { serving } from './support/local-servers.ts'
import { runProgram } from './support/run-program.ts'
import { scratchFolder } from './support/scratch-folder.ts'

const MEGABYTE = 1_000_000
const PART_BYTES = 5 * 2 ** 20

/** Answers as S3 does to uploads, and keeps nothing but the sizes of the parts. */
async function uploadServer(): Promise<{ readonly port: number; readonly parts: number[] }> {
  const parts: number[] = []
  const storeId = freshId()
  const port = await serving((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    let sizeBytes = 0
    request.on('data', (piece: Buffer) => {
      sizeBytes += piece.length
    })
    request.on('end', () => {
      if (url.searchParams.has('partNumber')) parts.push(sizeBytes)
      response.setHeader('etag', '"00000000000000000000000000000000"')
      response.end(answerTo(request.method ?? '', url))
    })
  })
  function answerTo(method: string, { pathname, searchParams }: URL): string {
    if (pathname.endsWith('/.daftari-store')) return storeId
    if (method === 'POST' && searchParams.has('uploads')) {
      const fields = '<Bucket>books</Bucket><Key>k</Key><UploadId>upload</UploadId>'
      return `<InitiateMultipartUploadResult>${fields}</InitiateMultipartUploadResult>`
    }
    if (method === 'POST') {
      const fields = '<Location>l</Location><Bucket>books</Bucket><Key>k</Key><ETag>"0"</ETag>'
      return `<CompleteMultipartUploadResult>${fields}</CompleteMultipartUploadResult>`
    }
    if (searchParams.has('uploads')) {
      return '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>'
    }
    return ''
  }
  return { port, parts }
}

test('four uploads of 50 MB at once into a bucket hold a part of 5 MiB each', async () => {
  const { folder, remove } = scratchFolder()
  onTestFinished(remove)
  const path = join(folder, 'file')
  writeFileSync(path, someBytes(50 * MEGABYTE))
  const { port, parts } = await uploadServer()
  const options = {
    ...{ endPoint: '127.0.0.1', port, useTls: false, accessKey: 'key', secretKey: 'secret' },
    ...{ bucket: 'books', spoolFolder: join(folder, 'receiving') },
  }
  const args = [JSON.stringify(options), '4', path]
  const { code, lines } = await runProgram('upload-many.ts', args)
  expect(code).toBe(0)
  const { growthBytes } = JSON.parse(lines.at(-1) ?? '')
  console.log(`resident memory grew by ${(growthBytes / MEGABYTE).toFixed(0)} MB`)
  expect(Math.max(...parts)).toBe(PART_BYTES)
  expect(parts.length).toBe(2 + 4 * 10)
  expect(growthBytes).toBeLessThan(96 * MEGABYTE)
})
