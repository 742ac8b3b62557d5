import { startTemporaryPostgres } from '@daftari/embedded-postgres'
import { expect, onTestFinished, test } from 'vitest'
import { blocksOf, read } from './document.ts'
import { bodyOf, outputs } from './run-script.ts'
import { printedBy, promisedBy } from './run-typescript.ts'
import { openService } from './start-service.ts'

const readme = read('README.md')
const [inMemory = '', inPostgres = ''] = blocksOf(readme, 'ts')

test('the README has fewer than 150 lines', () => {
  expect(readme.split('\n').length).toBeLessThan(150)
})

test('the TypeScript of the README prints what its comment says', () => {
  expect(promisedBy(inMemory)).toContain('TZS')
  expect(printedBy(inMemory)).toBe(promisedBy(inMemory))
})

test('with PostgreSQL it prints what its comment says, too', async () => {
  const postgres = await startTemporaryPostgres()
  onTestFinished(() => postgres.stop())

  expect(promisedBy(inPostgres)).toBe('[]')
  expect(printedBy(inPostgres, { DATABASE_URL: postgres.connectionString })).toBe('[]')
})

test('the curl lines of the README do what it says', async () => {
  const { folder, url } = await openService()

  // Verbatim, but for the port: this service has taken whichever was free.
  const lines = blocksOf(readme, 'bash').join('').replace('http://127.0.0.1:3000', url)
  expect(lines.match(/curl /g)).toHaveLength(10)
  const told = (await outputs(lines, folder)).filter((output) => output !== '')
  const [first = '', again = '', list = '', summary = '', paid = '', urgent = '', link = ''] = told

  expect(first).toMatch(/^HTTP\/1.1 201 /)
  expect(first).not.toMatch(/^idempotency-replayed:/im)
  expect(again).toMatch(/^HTTP\/1.1 201 /)
  expect(again).toMatch(/^idempotency-replayed: true\r$/im)
  expect(bodyOf(again)).toBe(bodyOf(first))
  expect(JSON.parse(list)).toEqual({ data: [JSON.parse(bodyOf(first))], nextCursor: null })
  expect(JSON.parse(summary)).toMatchObject({
    groups: [{ key: '2025-11', count: 1 }],
    total: { amount: '12500.00', currency: 'TZS' },
  })
  expect(paid).toMatch(/^HTTP\/1.1 201 /)
  const invoice = JSON.parse(bodyOf(paid))
  expect(invoice).toMatchObject({
    number: 'D-7',
    status: 'partly_paid',
    balance: { amount: '30000.00', currency: 'TZS' },
  })
  expect(JSON.parse(urgent)).toEqual({ data: [invoice], nextCursor: null })
  const receipt = await fetch(JSON.parse(link).url)
  expect([receipt.status, await receipt.text()]).toEqual([200, '%PDF-1.7 a receipt'])
  expect(receipt.headers.get('content-disposition')).toContain('filename="receipt.pdf"')
})
