import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Access } from './ledger.ts'

const CATEGORIES = ['Usafiri', 'Chakula', 'Mafuta', 'Umeme']
const THINGS = ['basi', 'teksi', 'dizeli', 'karatasi', 'sukari', 'saruji', 'wino']
const ROWS_A_PIECE = 500
const LINE_FEED = 10

export async function prepareCategories(access: Access): Promise<void> {
  const body = JSON.stringify({ items: CATEGORIES.map((name) => ({ name })) })
  await sent(access, 'POST', '/v1/categories/bulk', 'application/json', [body], 201)
}

/** Sends so many rows as they are made. @throws when one of them was not taken */
export async function importCsv(access: Access, rows: number): Promise<void> {
  const answer = await sent(
    access,
    'POST',
    '/v1/expenses/import?dryRun=false',
    'text/csv',
    piecesOf(rows),
    200,
  )
  const { accepted } = JSON.parse(await text(answer))
  if (accepted !== rows) throw new Error(`${accepted} of ${rows} rows were taken`)
}

/** Reads the export and keeps nothing of it. @throws when there are fewer rows than were sent last */
export async function exportCsv(access: Access, least: number): Promise<void> {
  const answer = await sent(access, 'GET', '/v1/expenses/export', null, [], 200)
  let lines = 0
  for await (const chunk of answer) {
    const bytes: Uint8Array = chunk
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1
  }
  if (lines <= least) throw new Error(`${lines} lines came of ${least} rows and a header`)
}

function* piecesOf(rows: number): Generator<string> {
  yield 'date,category,amount,description\n'
  for (let first = 0; first < rows; first += ROWS_A_PIECE) {
    let piece = ''
    for (let row = first; row < Math.min(rows, first + ROWS_A_PIECE); row += 1) piece += lineOf(row)
    yield piece
  }
}

function lineOf(row: number): string {
  const day = `2024-${pad(1 + (row % 12))}-${pad(1 + (row % 28))}`
  const category = CATEGORIES[row % CATEGORIES.length]
  return `${day},${category},${1 + (row % 90_000)}.50,"Nauli, ${THINGS[row % THINGS.length]} ${row}"\n`
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

/** Not by `fetch`, which gives up where an answer takes its time. */
function sent(
  { url, apiKey }: Access,
  method: string,
  path: string,
  type: string | null,
  pieces: Iterable<string>,
  expected: number,
): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${apiKey}`, ...(type === null ? {} : { 'content-type': type }) }
  return new Promise((resolve, reject) => {
    const asking = request(new URL(path, url), { method, headers }, (answer) => {
      if (answer.statusCode === expected) return resolve(answer)
      text(answer).then(
        (said) => reject(new Error(`${path} was answered ${answer.statusCode}: ${said}`)),
        reject,
      )
    })
    asking.once('error', reject)
    Readable.from(pieces).pipe(asking)
  })
}
