import assert from 'node:assert/strict'
import type { IdempotencyRecord } from '@daftari/application'
import { DomainError } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { type OwnerBooks, onlyOneOf, refusal, scopeOf } from '../kernel/steps.ts'
import { aCategory } from '../spending/spending-builders.ts'
import { hasCategory, storedCategory } from '../spending/spending-steps.ts'

const HOUR_MS = 3_600_000

function keyed(desk: OwnerBooks, key: string, result: unknown): Promise<unknown> {
  return desk.ports.unitOfWork.transact(scopeOf(desk, key), async () => result)
}

async function remembered({ ports, ownerId }: OwnerBooks, key: string): Promise<IdempotencyRecord | null> {
  return (await ports.queries.idempotency.find(ownerId, key)) ?? null
}

/** What a transaction under a key leaves behind. */
export const idempotencyContract: Contract = {
  name: 'idempotency',
  cases: [
    {
      name: 'keeps the fingerprint of a transaction under its key (F13)',
      async run(harness) {
        await keyed(harness, 'a key', {})
        assert.equal((await remembered(harness, 'a key'))?.fingerprint, 'print of a key')
      },
    },
    {
      name: 'keeps the exact JSON text of the result (F12)',
      async run(harness) {
        const result = { z: 'é 🏢 \u2028', a: [1, { c: null, b: 0.1 }], 10: '' }
        await keyed(harness, 'a key', result)
        assert.equal((await remembered(harness, 'a key'))?.result, JSON.stringify(result))
      },
    },
    {
      name: 'gives null for an unused key',
      async run({ ports, ownerId }) {
        assert.equal(await ports.queries.idempotency.find(ownerId, 'a key'), null)
      },
    },
    {
      name: 'distinguishes keys by every character',
      async run(harness) {
        await keyed(harness, 'Key', {})
        assert.equal(await remembered(harness, 'key'), null)
        assert.equal(await remembered(harness, 'Key '), null)
      },
    },
    {
      name: 'stores nothing under the key of a failed transaction, so that it can run again (F15)',
      async run(harness) {
        const attempt = harness.ports.unitOfWork.transact(scopeOf(harness, 'a key'), async () => {
          throw new DomainError('unavailable', {})
        })
        await refusal(attempt, 'unavailable')
        assert.equal(await remembered(harness, 'a key'), null)
      },
    },
    {
      name: 'stores nothing under the key of a transaction that is refused at its end (F15)',
      async run(harness) {
        const { name } = await storedCategory(harness, { name: 'Travel' })
        const attempt = harness.ports.unitOfWork.transact(scopeOf(harness, 'a key'), async (tx) => {
          tx.categories.insert(aCategory({ name }))
        })
        await refusal(attempt, 'category_name_taken')
        assert.equal(await remembered(harness, 'a key'), null)
      },
    },
    {
      name: 'refuses the second use of a key, and stores nothing',
      async run(harness) {
        await keyed(harness, 'a key', { first: true })
        const category = aCategory()
        const attempt = harness.ports.unitOfWork.transact(scopeOf(harness, 'a key'), async (tx) => {
          tx.categories.insert(category)
        })
        await refusal(attempt, 'idempotency_in_progress')
        assert.equal(await hasCategory(harness, category), false)
        assert.equal((await remembered(harness, 'a key'))?.result, '{"first":true}')
      },
    },
    {
      name: 'accepts one of ten concurrent transactions with the same key (F14)',
      async run(harness) {
        const attempts = Array.from({ length: 10 }, (_, index) => keyed(harness, 'a key', { index }))
        const winner = await onlyOneOf(attempts, 'idempotency_in_progress')
        assert.equal((await remembered(harness, 'a key'))?.result, `{"index":${winner}}`)
      },
    },
    {
      name: 'keeps a result for 72 hours',
      async run(harness) {
        await keyed(harness, 'a key', {})
        harness.clock.advance(72 * HOUR_MS - 1)
        assert.notEqual(await remembered(harness, 'a key'), null)
      },
    },
    {
      name: 'forgets a result after 72 hours',
      async run(harness) {
        await keyed(harness, 'a key', {})
        harness.clock.advance(72 * HOUR_MS + 1)
        assert.equal(await remembered(harness, 'a key'), null)
      },
    },
    {
      name: 'accepts a key again after 72 hours',
      async run(harness) {
        await keyed(harness, 'a key', { first: true })
        harness.clock.advance(72 * HOUR_MS + 1)
        await keyed(harness, 'a key', { second: true })
        assert.equal((await remembered(harness, 'a key'))?.result, '{"second":true}')
      },
    },
  ],
}
