import { createBooks } from '@daftari/application'
import type { ApiKeyId } from '@daftari/domain'
import { createPostgresAdapters } from '../../src/index.ts'

/** Records an expense under a key; with `hold`, sends what it has and never comes to its end. */
const [connectionString = '', ownerId = '', categoryId = '', way = ''] = process.argv.slice(2)
const ports = createPostgresAdapters({ connectionString, lockTimeoutMs: 20_000 })
const { transact } = ports.unitOfWork

if (way === 'hold') {
  ports.unitOfWork.transact = (scope, work) =>
    transact(scope, async (tx) => {
      await work(tx)
      await tx.apiKeys.find(ownerId as ApiKeyId)
      console.log('sent')
      return new Promise(() => setInterval(() => {}, 1000))
    })
}
await createBooks(ports).expenses.create(
  { ownerId, actorId: 'a-program', idempotencyKey: 'a key' },
  { amount: { amount: '12500', currency: 'TZS' }, categoryId, expenseDate: '2026-01-15' },
)
console.log('stored')
await ports.close()
