import { describe, expect, test } from 'vitest'
import { openBooks, startedBooks } from '../../../test/support/open-books.ts'
import { faultsOf, refusalOf } from '../../../test/support/refusal-of.ts'
import { wholeState } from '../../../test/support/whole-state.ts'
import type { BulkResult } from '../../kernel/bulk/bulk.ts'
import type { CategoryView } from './category-shapes.ts'

describe('creating many categories', () => {
  test('answers with each in the order given', async () => {
    const { books, scope } = openBooks()
    const view = await books.categories.createMany(scope, {
      items: [{ name: 'Usafiri' }, { name: 'Chakula' }],
    })
    const { data } = view as { data: readonly CategoryView[] }
    expect(data.map(({ name }) => name)).toEqual(['Usafiri', 'Chakula'])
    expect((await books.categories.list(scope)).data).toEqual(data.toReversed())
  })

  test('refuses a name that comes twice among them, naming the item', async () => {
    const { books, scope } = openBooks()
    const items = [{ name: 'Usafiri' }, { name: 'Chakula' }, { name: 'USAFIRI' }]
    expect(await refusalOf(books.categories.createMany(scope, { items }))).toEqual({
      code: 'category_name_taken',
      details: { name: 'Usafiri' },
      message: 'Item 2: Another category is already called "Usafiri".',
    })
    expect((await books.categories.list(scope)).data).toEqual([])
  })

  test('tells faults of the input before names that are taken', async () => {
    const { books, scope } = await startedBooks()
    const items = [{ name: 'usafiri' }, { name: '' }, { title: 'x' }]
    expect(await faultsOf(books.categories.createMany(scope, { items: items as never }))).toEqual([
      '/items/1/name name_invalid',
      '/items/2/name name_invalid',
      '/items/2/title unknown_field',
    ])
  })

  test('each alone, fills the free places and refuses the rest', async () => {
    const { books, scope } = await startedBooks()
    await books.settings.update(scope, { version: 0 }, { maxCategories: 3 })
    const items = [{ name: 'usafiri' }, { name: 'Kodi' }, { name: '' }, { name: 'Umeme' }]
    const view = await books.categories.createMany(scope, { items, mode: 'partial' })
    const { results } = view as { results: readonly BulkResult<CategoryView>[] }
    expect(results).toEqual([
      { index: 0, error: { code: 'category_name_taken', detail: expect.any(String), errors: [] } },
      { index: 1, data: expect.objectContaining({ name: 'Kodi' }) },
      {
        index: 2,
        error: {
          code: 'validation_failed',
          detail: 'The input has 1 invalid field.',
          errors: [{ pointer: '/items/2/name', code: 'name_invalid', detail: expect.any(String) }],
        },
      },
      { index: 3, error: { code: 'category_limit_reached', detail: expect.any(String), errors: [] } },
    ])
    expect((await books.categories.list(scope)).data.map(({ name }) => name)).toEqual([
      'Chakula',
      'Kodi',
      'Usafiri',
    ])
  })

  test('refuses 1,001 before it looks at any', async () => {
    const opened = openBooks()
    const { books, scope } = opened
    const items = Array.from({ length: 1_001 }, (_, index) => ({ name: `Aina ${index}` }))
    const before = await wholeState(opened)
    expect(await faultsOf(books.categories.createMany(scope, { items, mode: 'partial' }))).toEqual([
      '/items text_invalid',
    ])
    expect(await wholeState(opened)).toEqual(before)
  })
})
