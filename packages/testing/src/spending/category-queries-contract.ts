import assert from 'node:assert/strict'
import type { CategoryWithUsage } from '@daftari/application'
import { foldName, money } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { freshId } from '../kernel/fresh.ts'
import { change, type OwnerBooks } from '../kernel/steps.ts'
import { aCategory } from './spending-builders.ts'
import { storedCategory, storedExpenses } from './spending-steps.ts'

async function storedNames(desk: OwnerBooks, names: readonly string[]): Promise<void> {
  await change(desk, (tx) => {
    for (const name of names) tx.categories.insert(aCategory({ name }))
  })
}

async function namesFound({ ports, ownerId }: OwnerBooks, words: readonly string[] = []): Promise<string[]> {
  const found = await ports.queries.categories.list(ownerId, { words }, { after: null, limit: 100 })
  return found.map(({ category: { name } }) => name)
}

/** What is asked of categories. */
export const categoryQueriesContract: Contract = {
  name: 'category queries',
  cases: [
    {
      name: 'gives null for a category that does not exist, outside a transaction',
      async run({ ports, ownerId }) {
        assert.equal(await ports.queries.categories.find(ownerId, freshId()), null)
      },
    },
    {
      name: 'shows the number of expenses of a category and their exact total beyond 2^53',
      async run(harness) {
        const { ports, ownerId } = harness
        const { id } = await storedCategory(harness)
        const amount = money.of(2n ** 53n + 1n, 'TZS')
        await storedExpenses(harness, [
          { categoryId: id, amount },
          { categoryId: id, amount },
        ])
        const found = await ports.queries.categories.find(ownerId, id)
        assert.equal(found?.expenseCount, 2)
        assert.equal(found?.totalMinor, 2n ** 54n + 2n)
      },
    },
    {
      name: 'lists every category with its usage, including unused ones',
      async run(harness) {
        const { ports, ownerId } = harness
        const [unused, used] = [
          await storedCategory(harness, { name: 'Fuel' }),
          await storedCategory(harness, { name: 'Rent' }),
        ]
        await storedExpenses(harness, [{ categoryId: used.id, amount: money.of(250n, 'TZS') }])
        const page = { after: null, limit: 10 }
        assert.deepEqual(await ports.queries.categories.list(ownerId, { words: [] }, page), [
          { category: unused, expenseCount: 0, totalMinor: 0n },
          { category: used, expenseCount: 1, totalMinor: 250n },
        ])
      },
    },
    {
      name: 'lists by folded name, ignoring case',
      async run(harness) {
        await storedNames(harness, ['banana', 'Cherry', 'apple'])
        assert.deepEqual(await namesFound(harness), ['apple', 'banana', 'Cherry'])
      },
    },
    {
      name: 'lists names in code point order, with astral characters last',
      async run(harness) {
        await storedNames(harness, ['😀 fun', '﴾ quote', 'é', 'z', 'a'])
        assert.deepEqual(await namesFound(harness), ['a', 'z', 'é', '﴾ quote', '😀 fun'])
      },
    },
    {
      name: 'continues after a name in code point order, with astral characters last',
      async run(harness) {
        const { ports, ownerId } = harness
        await storedNames(harness, ['😀 fun', '﴾ quote', 'a'])
        const page = { after: { key: foldName('﴾ quote, now gone'), id: freshId() }, limit: 10 }
        const found = await ports.queries.categories.list(ownerId, { words: [] }, page)
        assert.deepEqual(
          found.map(({ category }) => category.name),
          ['😀 fun'],
        )
      },
    },
    {
      name: 'walks the pages of categories, without gaps or duplicates',
      async run(harness) {
        const { ports, ownerId } = harness
        await storedNames(harness, ['d', 'b', 'e', 'a', 'c'])
        const walked: string[] = []
        let after: { key: string; id: string } | null = null
        for (let pages = 0; pages < 4; pages += 1) {
          const page: readonly CategoryWithUsage[] = await ports.queries.categories.list(
            ownerId,
            { words: [] },
            { after, limit: 2 },
          )
          walked.push(...page.map(({ category: { name } }) => name))
          const last = page.at(-1)?.category
          if (last === undefined) break
          after = { key: foldName(last.name), id: last.id }
        }
        assert.deepEqual(walked, ['a', 'b', 'c', 'd', 'e'])
      },
    },
    {
      name: 'finds categories by the beginning of their words, not by the middle',
      async run(harness) {
        await storedNames(harness, ['Air travel', 'Unravelled'])
        assert.deepEqual(await namesFound(harness, ['trav']), ['Air travel'])
        assert.deepEqual(await namesFound(harness, ['ravel']), [])
      },
    },
    {
      name: 'finds the categories that match all five words',
      async run(harness) {
        await storedNames(harness, ['One two three four five', 'One two three four six'])
        const words = ['on', 'tw', 'th', 'fo', 'fi']
        assert.deepEqual(await namesFound(harness, words), ['One two three four five'])
      },
    },
  ],
}
