import type { Ports } from '@daftari/application'
import { contracts, createMemoryAdapters, freshId, manualClock, runContracts } from '@daftari/testing'
import { describe, expect, it } from 'vitest'
import { withAuditedExpenses } from '../src/audited-expenses.ts'
import { withAuditedInvoices } from '../src/audited-invoices.ts'
import { withCachedCategories } from '../src/cached-categories.ts'
import { memoryAuditTrail } from '../src/memory-audit-trail.ts'

const audited = (inner: Ports): Ports =>
  withAuditedInvoices(withAuditedExpenses(inner, memoryAuditTrail()), memoryAuditTrail())

const combinations: Readonly<Record<string, (inner: Ports) => Ports>> = {
  cached: withCachedCategories,
  audited,
  'cached over audited': (inner) => withCachedCategories(audited(inner)),
  'audited over cached': (inner) => audited(withCachedCategories(inner)),
}

describe.each(Object.entries(combinations))('%s adapters keep every promise of the ports', (_, wrap) => {
  runContracts(it, async () => {
    const clock = manualClock('2026-11-21T09:00:00.000Z')
    return {
      ports: wrap(createMemoryAdapters({ clock })),
      clock,
      ownerId: freshId(),
      otherOwnerId: freshId(),
      close: async () => undefined,
    }
  })
})

it('there are promises to keep', () => {
  expect(contracts.flatMap(({ cases }) => cases).length).toBeGreaterThan(0)
})
