import { describe, expect, test } from 'vitest'
import { startedBooks, TODAY, tzs } from '../../test/support/open-books.ts'
import { faultsOf } from '../../test/support/refusal-of.ts'
import { createBooks } from '../books.ts'
import type { Ports } from '../ports.ts'
import { ownerSettings } from './owner-settings.ts'

/** The same books, opened in another process, which has just looked at the settings. */
async function twoProcesses() {
  const started = await startedBooks()
  const elsewhere = createBooks(started.ports)
  const spend = (books: typeof elsewhere, amount: string) =>
    books.expenses.create(started.scope, {
      amount: tzs(amount),
      categoryId: started.food.id,
      expenseDate: TODAY,
    })
  await spend(elsewhere, '1')
  return { ...started, elsewhere, spend }
}

describe('changed settings', () => {
  test('are decided by at once in the process that changed them', async () => {
    const { books, scope, spend } = await twoProcesses()
    await books.settings.update(scope, { version: 0 }, { expensePolicy: { max: '10' } })
    expect(await faultsOf(spend(books, '11'))).toEqual(['/amount/amount amount_out_of_policy'])
  })

  test('are decided by in another process after five seconds, not one more', async () => {
    const { books, scope, clock, elsewhere, spend } = await twoProcesses()
    await books.settings.update(scope, { version: 0 }, { expensePolicy: { max: '10' } })
    clock.advance(4_999)
    expect((await spend(elsewhere, '11')).version).toBe(1)
    clock.advance(1)
    expect(await faultsOf(spend(elsewhere, '11'))).toEqual(['/amount/amount amount_out_of_policy'])
  })

  test('are shown at once everywhere', async () => {
    const { books, scope, elsewhere } = await twoProcesses()
    await books.settings.update(scope, { version: 0 }, { maxCategories: 5 })
    expect((await elsewhere.settings.get(scope)).maxCategories).toBe(5)
  })

  test('never let an expense in another currency in, however old the settings are', async () => {
    const { books, scope, clock, fare, elsewhere, spend } = await twoProcesses()
    clock.advance(5_000)
    const { data } = await books.expenses.list(scope)
    for (const { id } of data) await books.expenses.delete(scope, { expenseId: id, version: '*' })
    expect(data).toContainEqual(fare)
    await elsewhere.expenses.list(scope)
    await books.settings.update(scope, { version: 0 }, { baseCurrency: 'EUR' })
    expect(await faultsOf(spend(elsewhere, '1'))).toEqual(['/amount/currency currency_not_allowed'])
  })

  test('are looked at anew when the clock is set back', async () => {
    const { books, scope, clock, elsewhere, spend } = await twoProcesses()
    await books.settings.update(scope, { version: 0 }, { expensePolicy: { max: '10' } })
    clock.advance(-1)
    expect(await faultsOf(spend(elsewhere, '11'))).toEqual(['/amount/amount amount_out_of_policy'])
  })

  test('are looked at anew after a change whose outcome is unknown', async () => {
    const { books, ports, scope, elsewhere, spend } = await twoProcesses()
    await elsewhere.settings.update(scope, { version: 0 }, { expensePolicy: { max: '10' } })
    ports.failNext('outcome_unknown')
    await expect(books.settings.update(scope, { version: '*' }, { maxCategories: 5 })).rejects.toThrow()
    expect(await faultsOf(spend(books, '11'))).toEqual(['/amount/amount amount_out_of_policy'])
  })
})

describe('reading settings', () => {
  async function counted(get?: (ownerId: string) => never) {
    const { ports, scope, clock } = await startedBooks()
    const reads: string[] = []
    const settings: Ports['queries']['settings'] = {
      get: async (ownerId) => {
        reads.push(ownerId)
        return get === undefined ? ports.queries.settings.get(ownerId) : get(ownerId)
      },
    }
    return {
      known: ownerSettings({ queries: { ...ports.queries, settings }, clock }),
      reads,
      ownerId: scope.ownerId,
    }
  }

  test('happens once for many that ask at the same time', async () => {
    const { known, reads, ownerId } = await counted()
    await Promise.all([known.current(ownerId), known.current(ownerId), known.today(ownerId)])
    expect(reads).toEqual([ownerId])
  })

  test('is for each owner', async () => {
    const { known, reads, ownerId } = await counted()
    await known.current(ownerId)
    await known.current('another')
    expect(reads).toEqual([ownerId, 'another'])
  })

  test('that fails is tried again', async () => {
    const { known, reads, ownerId } = await counted(() => {
      throw new Error('gone')
    })
    await expect(known.current(ownerId)).rejects.toThrow('gone')
    await expect(known.current(ownerId)).rejects.toThrow('gone')
    expect(reads).toHaveLength(2)
  })
})
