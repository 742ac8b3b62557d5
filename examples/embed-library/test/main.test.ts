import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import { expect, test } from 'vitest'
import { enterSlips, report, type Slip } from '../src/petty-cash.ts'

const scope = { ownerId: '019373c2-7a00-7000-8000-000000000001', actorId: 'cashier' }
const taxi: Slip = { number: '7', date: '2025-11-03', purpose: 'Usafiri', shillings: '30000' }

test('the program enters what is right, explains what is wrong and enters no slip twice', () => {
  const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const output = execFileSync(process.execPath, ['--conditions=source', program], { encoding: 'utf8' })
  expect(output.trimEnd().split('\n')).toEqual([
    'slip 101: entered',
    'slip 102: entered',
    'slip 103: amount_invalid: "2,500" is not an exact amount; send amounts as strings, e.g. "12500.00"',
    'slip 102: entered',
    'Usafiri: 12500.00 TZS',
    'Chakula: 8000.50 TZS',
    'Jumla: 20500.50 TZS',
  ])
})

test('slips of a purpose that has its category already go into that one', async () => {
  const books = createBooks(createMemoryAdapters())
  await books.categories.create(scope, { name: 'Usafiri' })

  expect(await enterSlips(books, scope, [{ ...taxi, purpose: ' USAFIRI ' }])).toEqual([
    { slip: '7', refusal: null },
  ])
  expect(await report(books, scope)).toEqual(['Usafiri: 30000.00 TZS', 'Jumla: 30000.00 TZS'])
})

test('another slip with a number that was used is not passed over in silence', async () => {
  const books = createBooks(createMemoryAdapters())
  await enterSlips(books, scope, [taxi])

  await expect(enterSlips(books, scope, [{ ...taxi, shillings: '31000' }])).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
})
