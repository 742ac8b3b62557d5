import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import { enterSlips, report, type Slip } from './petty-cash.ts'

const books = createBooks(createMemoryAdapters())
const scope = { ownerId: '019373c2-7a00-7000-8000-000000000001', actorId: 'cashier' }

const slips: readonly Slip[] = [
  { number: '101', date: '2025-11-03', purpose: 'Usafiri', shillings: '12500', note: 'Daladala to the bank' },
  { number: '102', date: '2025-11-03', purpose: 'Chakula', shillings: '8000.50' },
  { number: '103', date: '2025-11-04', purpose: 'Usafiri', shillings: '2,500' },
  { number: '102', date: '2025-11-03', purpose: 'Chakula', shillings: '8000.50' },
]

for (const { slip, refusal } of await enterSlips(books, scope, slips)) {
  console.log(refusal === null ? `slip ${slip}: entered` : `slip ${slip}: ${refusal}`)
}
for (const line of await report(books, scope)) console.log(line)
