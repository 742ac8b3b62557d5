import { describe, expect, test } from 'vitest'
import { type StartedBooks, startedBooks, tzs } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'

function rename({ books, scope, transport }: StartedBooks, fields: object) {
  return books.categories.update(scope, { categoryId: transport.id, version: 1 }, fields)
}

describe('renaming a category', () => {
  test('answers with the next version and what its expenses come to', async () => {
    const started = await startedBooks()
    started.clock.advance(1_000)
    const renamed = await rename(started, { name: 'Safari' })
    expect(renamed).toEqual({
      ...started.transport,
      name: 'Safari',
      version: 2,
      expenseCount: 1,
      total: tzs('12500.00'),
      updatedAt: '2026-11-21T09:00:01.000Z',
    })
    expect(await started.books.categories.get(started.scope, { categoryId: renamed.id })).toEqual(renamed)
  })

  test('may change its case alone', async () => {
    expect((await rename(await startedBooks(), { name: 'USAFIRI' })).name).toBe('USAFIRI')
  })

  test.each([{}, { name: 'Usafiri' }, { name: ' Usafiri ' }, { name: undefined }])(
    'to the name it has answers with the same version and leaves no trace: %j',
    async (fields) => {
      const started = await startedBooks()
      const before = await wholeState(started)
      started.clock.advance(1_000)
      expect(await rename(started, fields)).toMatchObject({
        version: 1,
        updatedAt: '2026-11-21T09:00:00.000Z',
      })
      expect(await wholeState(started)).toEqual(before)
    },
  )

  test.each([
    [{ name: null }, ['/name name_invalid']],
    [{ name: '', color: 'red' }, ['/name name_invalid', '/color unknown_field']],
  ])('refuses %j', async (fields, faults) => {
    expect(await faultsOf(rename(await startedBooks(), fields))).toEqual(faults)
  })

  test('works where there are more categories than the limit now allows', async () => {
    const started = await startedBooks()
    await started.books.settings.update(started.scope, { version: 0 }, { maxCategories: 1 })
    expect((await rename(started, { name: 'Safari' })).name).toBe('Safari')
  })

  test("F79 finds nothing of another owner's", async () => {
    const started = await startedBooks()
    const answer = rename({ ...started, scope: started.stranger }, { name: 'Safari' })
    expect((await refusalOf(answer)).code).toBe('not_found')
  })
})
