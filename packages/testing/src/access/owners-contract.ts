import assert from 'node:assert/strict'
import type { Owner, OwnerId } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at, freshId } from '../kernel/fresh.ts'
import type { OwnerBooks } from '../kernel/steps.ts'
import { hasCategory, storedCategory } from '../spending/spending-steps.ts'
import { anOwner } from './access-builders.ts'
import { onlyOnePlainly, plainRefusal } from './key-steps.ts'

export async function createdOwner({ ports }: OwnerBooks, overrides: Partial<Owner> = {}): Promise<Owner> {
  const owner = anOwner(overrides)
  await ports.owners.create(owner)
  return owner
}

async function foundOwner({ ports }: OwnerBooks, id: string): Promise<Owner | null> {
  return (await ports.owners.find(id)) ?? null
}

/** The owners behind the id, page by page: an adapter may be shared, so that it has others before it. */
async function ownersAfter({ ports }: OwnerBooks, id: string, limit: number): Promise<string[]> {
  const walked: string[] = []
  for (let after = { key: id, id }, pages = 0; pages < 10; pages += 1) {
    const page = await ports.owners.list({ after, limit })
    walked.push(...page.map((owner) => owner.id))
    const last = page.at(-1)
    if (last === undefined) break
    after = { key: last.id, id: last.id }
  }
  return walked
}

/** Who keeps books. */
export const ownersContract: Contract = {
  name: 'owners',
  cases: [
    {
      name: 'finds an owner as it was created, to the millisecond',
      async run(harness) {
        const owner = await createdOwner(harness, {
          name: 'Ushirika wa Wakulima — 🚜',
          createdAt: at('2026-11-21T09:00:00.001Z'),
        })
        assert.deepEqual(await foundOwner(harness, owner.id), owner)
      },
    },
    {
      name: 'gives null for an owner that was never created',
      async run({ ports }) {
        assert.equal(await ports.owners.find(freshId()), null)
      },
    },
    {
      name: 'gives null for the id of another record',
      async run(harness) {
        await createdOwner(harness)
        assert.equal(await foundOwner(harness, freshId()), null)
      },
    },
    {
      name: 'gives null for an owner that has records but was never created',
      async run(harness) {
        await storedCategory(harness)
        assert.equal(await foundOwner(harness, harness.ownerId), null)
      },
    },
    {
      name: 'lists no owner that has records but was never created',
      async run({ ports }) {
        const [before, ownerId] = [freshId(), freshId()]
        await storedCategory({ ports, ownerId })
        assert.equal((await ownersAfter({ ports, ownerId }, before, 100)).includes(ownerId), false)
      },
    },
    {
      name: 'creates an owner that already has records, and keeps the records',
      async run(harness) {
        const category = await storedCategory(harness)
        const owner = await createdOwner(harness, { id: harness.ownerId as OwnerId })
        assert.deepEqual(await foundOwner(harness, owner.id), owner)
        assert.equal(await hasCategory(harness, category), true)
      },
    },
    {
      name: 'refuses a second owner with the same id, with a plain error, and keeps the first',
      async run(harness) {
        const owner = await createdOwner(harness)
        await plainRefusal(harness.ports.owners.create({ ...owner, name: 'Another' }))
        assert.deepEqual(await foundOwner(harness, owner.id), owner)
      },
    },
    {
      name: 'creates one of two owners that take the same id concurrently',
      async run(harness) {
        const owner = anOwner()
        const names = ['One', 'Other']
        const attempts = names.map((name) => harness.ports.owners.create({ ...owner, name }))
        const winner = await onlyOnePlainly(attempts)
        assert.equal((await foundOwner(harness, owner.id))?.name, names[winner])
      },
    },
    {
      name: 'lists owners by id, page by page, without gaps or duplicates',
      async run(harness) {
        const before = freshId()
        const ids = [1, 2, 3, 4, 5].map(() => freshId<OwnerId>())
        for (const id of ids.toReversed()) await createdOwner(harness, { id })
        const walked = await ownersAfter(harness, before, 2)
        assert.deepEqual(
          walked.filter((id) => ids.some((one) => one === id)),
          ids,
        )
      },
    },
  ],
}
