import assert from 'node:assert/strict'
import { defaultSettings, money, type Settings, type TimeZone } from '@daftari/domain'
import type { Contract } from '../kernel/contract.ts'
import { at } from '../kernel/fresh.ts'
import { change, look, type OwnerBooks, onlyOneOf, refusal } from '../kernel/steps.ts'
import { anExpense } from '../spending/spending-builders.ts'
import { hasExpense, storedCategory, storedExpense } from '../spending/spending-steps.ts'
import { someSettings } from './settings-builders.ts'

function europe({ ownerId }: OwnerBooks): Settings {
  return someSettings(ownerId, {
    timeZone: 'Europe/Brussels' as TimeZone,
    baseCurrency: 'EUR',
    expensePolicy: { min: money.of(100n, 'EUR'), max: money.of(2n ** 60n, 'EUR') },
    urgencyDays: { critical: 1, high: 2, medium: 3 },
    maxCategories: 7,
    updatedAt: at('2026-11-21T09:00:00.250Z'),
  })
}

/** How settings are read and changed. */
export const settingsContract: Contract = {
  name: 'settings',
  cases: [
    {
      name: 'reads the defaults as version 0 before any change',
      async run(harness) {
        const settings = await look(harness, (tx) => tx.settings.get())
        assert.deepEqual(settings, defaultSettings(harness.ownerId))
      },
    },
    {
      name: 'shows the defaults as version 0 before any change',
      async run({ ports, ownerId }) {
        assert.deepEqual(await ports.queries.settings.get(ownerId), defaultSettings(ownerId))
      },
    },
    {
      name: 'stores the first change, which expects version 0',
      async run(harness) {
        const { ports, ownerId } = harness
        await change(harness, (tx) => tx.settings.update(europe(harness), 0))
        assert.deepEqual(await ports.queries.settings.get(ownerId), europe(harness))
      },
    },
    {
      name: 'reads settings that the same transaction staged',
      async run(harness) {
        await change(harness, async (tx) => {
          tx.settings.update(someSettings(harness.ownerId, { maxCategories: 3 }), 0)
          assert.equal((await tx.settings.get()).maxCategories, 3)
        })
      },
    },
    {
      name: 'refuses a change of settings with a stale version',
      async run(harness) {
        await change(harness, (tx) => tx.settings.update(someSettings(harness.ownerId), 0))
        const attempt = change(harness, (tx) =>
          tx.settings.update(someSettings(harness.ownerId, { version: 3 }), 2),
        )
        await refusal(attempt, 'concurrent_change')
      },
    },
    {
      name: 'lets one of two transactions make the first change of settings (F16)',
      async run(harness) {
        const { ports, ownerId } = harness
        const limits = [5, 6]
        const winner = await onlyOneOf(
          limits.map((maxCategories) =>
            change(harness, (tx) => tx.settings.update(someSettings(ownerId, { maxCategories }), 0)),
          ),
          'concurrent_change',
        )
        assert.equal((await ports.queries.settings.get(ownerId)).maxCategories, limits[winner])
      },
    },
    {
      name: 'accepts expenses in the base currency of the settings',
      async run(harness) {
        await change(harness, (tx) => tx.settings.update(europe(harness), 0))
        const expense = await storedExpense(harness, { amount: money.of(100n, 'EUR') })
        assert.equal(await hasExpense(harness, expense), true)
      },
    },
    {
      name: 'refuses another base currency when there is an expense',
      async run(harness) {
        await storedExpense(harness)
        const attempt = change(harness, (tx) => tx.settings.update(europe(harness), 0))
        await refusal(attempt, 'base_currency_frozen')
      },
    },
    {
      name: 'accepts changes of other settings when there is an expense',
      async run(harness) {
        const { ports, ownerId } = harness
        await storedExpense(harness)
        await change(harness, (tx) => tx.settings.update(someSettings(ownerId, { maxCategories: 9 }), 0))
        assert.equal((await ports.queries.settings.get(ownerId)).maxCategories, 9)
      },
    },
    {
      name: 'accepts either a new base currency or the first expense in the old one, when both come concurrently',
      async run(harness) {
        const { id: categoryId } = await storedCategory(harness)
        const expense = anExpense({ categoryId })
        const winner = await onlyOneOf(
          [
            change(harness, (tx) => tx.settings.update(europe(harness), 0)),
            change(harness, (tx) => tx.expenses.insert(expense)),
          ],
          'base_currency_frozen',
          'validation_failed',
        )
        assert.equal(await hasExpense(harness, expense), winner === 1)
      },
    },
  ],
}
