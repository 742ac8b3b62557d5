import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { LinkingFileStore } from '@daftari/application'
import { contentDisposition } from '@daftari/application'
import { instant } from '@daftari/domain'
import { freshId } from '@daftari/testing'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { createS3FileStore } from '../src/index.ts'
import { s3Transport } from '../src/s3/s3-transport.ts'
import { bytesUnder, inPieces, joined, PDF, received, refusalOf, someBytes } from './support/files.ts'
import { freshKey } from './support/fresh-key.ts'
import { blackHole, serving } from './support/local-servers.ts'
import { scratchFolder } from './support/scratch-folder.ts'

const SECRET = 'siri-ya-duka'
const storeId = freshId()

function openS3(port: number): LinkingFileStore {
  const { folder, remove } = scratchFolder()
  const files = createS3FileStore({
    endPoint: '127.0.0.1',
    port,
    useTls: false,
    accessKey: 'key',
    secretKey: SECRET,
    bucket: 'books',
    spoolFolder: folder,
    silenceMs: 200,
  })
  onTestFinished(async () => {
    await files.close()
    remove()
  })
  return files
}

const isMark = ({ url = '' }: IncomingMessage): boolean => url.endsWith('/.daftari-store')

/** A store that is marked, and otherwise behaves so. */
async function markedStore(
  behave: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LinkingFileStore> {
  const port = await serving((request, response) => {
    if (isMark(request)) response.end(storeId)
    else behave(request, response)
  })
  return openS3(port)
}

/** Everything that a store is asked for. */
async function attempts(files: LinkingFileStore): Promise<readonly (() => Promise<unknown>)[]> {
  const file = await received(files, someBytes(10))
  const large = await received(files, someBytes(6 * 2 ** 20))
  onTestFinished(async () => {
    await file.discard()
    await large.discard()
  })
  return [
    () => files.put(freshKey(), file, PDF),
    () => files.put(freshKey(), large, PDF),
    () => files.read(freshKey()),
    () => files.stat(freshKey()),
    () => files.delete(freshKey()),
    () => files.list(null, 10),
    () => files.sweepUnfinished(instant(0)),
  ]
}

describe('F58: a server that takes connections and says nothing', () => {
  it('is unavailable after the silence that is allowed', async () => {
    const files = openS3(await blackHole())
    for (const attempt of [() => files.storeId(), () => files.mark(storeId), () => files.list(null, 1)]) {
      expect(await refusalOf(attempt())).toMatchObject({
        code: 'unavailable',
        cause: { message: 'the server was silent for 200 ms' },
      })
    }
  })

  it('is so whatever it is asked for, and the received bytes stay for another store', async () => {
    const files = await markedStore(() => undefined)
    const bytes = someBytes(100_000)
    const file = await received(files, bytes)
    for (const attempt of await attempts(files)) expect((await refusalOf(attempt())).code).toBe('unavailable')
    expect((await refusalOf(files.put(freshKey(), file, PDF))).code).toBe('unavailable')
    expect((await joined(file.read())).equals(bytes)).toBe(true)
    await file.discard()
  })

  it('is unavailable where it falls silent in the middle of a file', async () => {
    const files = await markedStore(({ method }, response) => {
      response.writeHead(200, { 'content-length': 100 })
      if (method === 'HEAD') response.end()
      else response.write(someBytes(50))
    })
    expect((await refusalOf(bytesUnder(files, freshKey()))).code).toBe('unavailable')
  })
})

describe('F50: a server in trouble', () => {
  it.each([
    [500, 'InternalError', 'unavailable'],
    [503, 'SlowDown', 'unavailable'],
    [429, 'TooManyRequests', 'unavailable'],
    [403, 'AccessDenied', 'unavailable'],
    [507, '', 'storage_full'],
    [400, 'QuotaExceeded', 'storage_full'],
    [500, 'XMinioStorageFull', 'storage_full'],
  ])('that answers %d %s is asked once, and is %s', async (status, s3Code, code) => {
    let asked = 0
    const files = await markedStore((request, response) => {
      asked += 1
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/xml' })
        response.end(s3Code === '' ? 'sorry' : `<Error><Code>${s3Code}</Code></Error>`)
      })
    })
    const file = await received(files, someBytes(10))
    expect((await refusalOf(files.put(freshKey(), file, PDF))).code).toBe(code)
    expect(asked).toBe(1)
    await file.discard()
  })

  it('that is gone is unavailable', async () => {
    const { code, cause } = await refusalOf(openS3(1).storeId())
    expect([code, cause]).toEqual(['unavailable', expect.objectContaining({ code: 'ECONNREFUSED' })])
  })

  it('that answers in another language than S3 is unavailable', async () => {
    const files = await markedStore((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><body>Log in to the network</body></html>')
    })
    expect((await refusalOf(files.list(null, 10))).code).toBe('unavailable')
  })

  it('never has its refusal show a secret', async () => {
    const files = await markedStore((_, response) => void response.writeHead(403).end())
    const { message, cause } = await refusalOf(files.list(null, 10))
    const shown = `${message} ${String(cause)} ${JSON.stringify(cause)}`
    expect(shown).not.toContain(SECRET)
  })
})

describe('a connection that is lost', () => {
  it('while it lay idle is opened again, and the file is sent from its beginning', async () => {
    const used = new Set<Socket>()
    const bodies: number[] = []
    const port = await serving((request, response) => {
      if (used.has(request.socket)) {
        request.socket.destroy()
        return
      }
      used.add(request.socket)
      let sizeBytes = 0
      request.on('data', (piece: Buffer) => {
        sizeBytes += piece.length
      })
      request.on('end', () => {
        if (request.method === 'PUT') bodies.push(sizeBytes)
        response.end(isMark(request) ? storeId : '')
      })
    })
    const files = openS3(port)
    const file = await received(files, someBytes(100_000))
    expect(await files.put(freshKey(), file, PDF)).toBe(storeId)
    expect(bodies).toEqual([100_000])
    expect(used.size).toBe(2)
  })

  it('F57: in the middle of a file is no end of it', async () => {
    const files = await markedStore(({ method }, response) => {
      response.writeHead(200, { 'content-length': 100 })
      if (method === 'HEAD') response.end()
      else response.write(someBytes(50), () => response.destroy())
    })
    expect((await refusalOf(bytesUnder(files, freshKey()))).code).toBe('unavailable')
  })

  it('F57: nor is a file that ends too early', async () => {
    const files = await markedStore(({ method }, response) => {
      response.setHeader('content-length', method === 'HEAD' ? 100 : 50)
      response.end(method === 'HEAD' ? '' : someBytes(50))
    })
    expect((await refusalOf(bytesUnder(files, freshKey()))).code).toBe('unavailable')
  })
})

test('F58: a reader who takes his time is not taken for a silent server', async () => {
  const bytes = someBytes(8 * 2 ** 20)
  const port = await serving((_, response) => void response.end(bytes))
  const transport = s3Transport({ useTls: false, silenceMs: 50 })
  onTestFinished(() => transport.close())
  const request = transport.request({ port, host: '127.0.0.1', agent: transport.agent }, () => undefined)
  request.end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await once(response, 'readable')
  for (let silences = 0; silences < 3; silences += 1) await once(request.socket ?? request, 'timeout')
  expect((await joined(response)).equals(bytes)).toBe(true)
})

test('links are made without asking anybody', async () => {
  let asked = 0
  const port = await serving((_, response) => {
    asked += 1
    response.end()
  })
  const url = await openS3(port).link(freshKey(), { expiresInSeconds: 60, fileName: 'ankara.pdf' })
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/books/`))
  expect(url).not.toContain(SECRET)
  expect(asked).toBe(0)
})

test.each([
  ['ankara.pdf', `attachment; filename="ankara.pdf"; filename*=UTF-8''ankara.pdf`],
  ['Müller "1".pdf', `attachment; filename="M_ller _1_.pdf"; filename*=UTF-8''M%C3%BCller%20%221%22.pdf`],
  ["a\r\nb'(*).pdf", `attachment; filename="a__b'(*).pdf"; filename*=UTF-8''a%0D%0Ab%27%28%2a%29.pdf`],
  ['\ud800', `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`],
])('F59: %j is written into a header so that it stays in its place', (fileName, header) => {
  expect(contentDisposition(fileName)).toBe(header)
})

test('F53: what is received for a bucket has no name that could be left over', async () => {
  const { folder, remove } = scratchFolder()
  onTestFinished(remove)
  const port = await serving((_, response) => void response.end(storeId))
  const options = { endPoint: '127.0.0.1', port, useTls: false, accessKey: 'key', secretKey: SECRET }
  const files = createS3FileStore({ ...options, bucket: 'books', spoolFolder: folder })
  onTestFinished(() => files.close())
  const file = await files.receive(inPieces(someBytes(10)), 100)
  expect(readdirSync(folder)).toEqual([])
  await file?.discard()
})
