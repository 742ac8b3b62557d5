import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalOf } from '../../../test/refusal-of.ts'
import { instant } from '../../kernel/calendar/instant.ts'
import { foldName } from '../../kernel/text/fold-name.ts'
import type { CategoryId } from '../ids.ts'
import { type Category, createCategory, deleteCategory, renameCategory } from './category.ts'

const at = instant(1_000)
const later = instant(2_000)
const by = 'amina'

function category(name: string, id = `id of ${name}`): Category {
  return { id: id as CategoryId, name, version: 3, createdAt: at, createdBy: by, updatedAt: at }
}

function create(name: string, existing: readonly Category[], maxCategories = 100) {
  return createCategory({ id: 'new' as CategoryId, name, at, by }, existing, maxCategories)
}

describe('creating a category', () => {
  test('gives its first version and says so in one fact without a before', () => {
    const state = { id: 'new', name: 'Usafiri', version: 1, createdAt: at, createdBy: by, updatedAt: at }
    expect(create('Usafiri', [])).toEqual({
      state,
      events: [
        {
          type: 'category.created',
          aggregateType: 'category',
          aggregateId: 'new',
          version: 1,
          at,
          before: null,
          after: state,
        },
      ],
    })
  })

  test('fills the last free place and refuses the one after it', () => {
    const two = [category('Chakula'), category('Kodi')]
    expect(create('Usafiri', two, 3).state.name).toBe('Usafiri')
    const three = [...two, category('Usafiri')]
    expect(refusalOf(() => create('Umeme', three, 3))).toEqual({
      code: 'category_limit_reached',
      details: { limit: 3 },
    })
  })

  test('refuses beyond a limit that was lowered under what there is', () => {
    const three = [category('Chakula'), category('Kodi'), category('Usafiri')]
    expect(refusalOf(() => create('Umeme', three, 1)).code).toBe('category_limit_reached')
  })

  test('names the twin rather than the limit when both refuse', () => {
    expect(refusalOf(() => create('usafiri', [category('Usafiri')], 1))).toEqual({
      code: 'category_name_taken',
      details: { name: 'Usafiri' },
    })
  })

  test.each([
    ['Travel', 'travel'],
    ['Travel', 'ＴＲＡＶＥＬ'],
    ['Travel', 'Tra\u200bvel'],
    ['Travel', ' travel '],
    ['ΟΔΟΣ', 'οδος'],
    ['Straße', 'STRASSE'],
    ['Café', 'Cafe\u0301'],
  ])('F68 refuses %j beside %j, whichever came first, and names the one there is', (one, other) => {
    expect(refusalOf(() => create(other, [category('Kodi'), category(one)]))).toEqual({
      code: 'category_name_taken',
      details: { name: one },
    })
    expect(refusalOf(() => create(one, [category(other)]))).toEqual({
      code: 'category_name_taken',
      details: { name: other },
    })
  })

  test('F68 accepts a name exactly when no folded name equals its own', () => {
    const names = fc.array(fc.stringMatching(/^[aAbBſs ]{1,3}$/), { maxLength: 4 })
    fc.assert(
      fc.property(fc.stringMatching(/^[aAbBſs ]{1,3}$/), names, (name, others) => {
        const existing = others.map((other, index) => category(other, `${index}`))
        const isTaken = others.some((other) => foldName(other) === foldName(name))
        if (isTaken) expect(refusalOf(() => create(name, existing)).code).toBe('category_name_taken')
        else expect(create(name, existing).state.name).toBe(name)
      }),
    )
  })
})

describe('renaming a category', () => {
  const usafiri = category('Usafiri')
  const all = [category('Chakula'), usafiri]

  test('makes the next version and tells the name before and after', () => {
    const state = { ...usafiri, name: 'Safari', version: 4, updatedAt: later }
    expect(renameCategory(usafiri, 'Safari', all, later)).toEqual({
      state,
      events: [
        {
          type: 'category.updated',
          aggregateType: 'category',
          aggregateId: usafiri.id,
          version: 4,
          at: later,
          before: usafiri,
          after: state,
        },
      ],
    })
  })

  test('lets it be written in another case', () => {
    expect(renameCategory(usafiri, 'USAFIRI', all, later).state.name).toBe('USAFIRI')
  })

  test('to the name it has changes nothing and says nothing', () => {
    const decision = renameCategory(usafiri, 'Usafiri', all, later)
    expect(decision).toEqual({ state: usafiri, events: [] })
    expect(decision.state).toBe(usafiri)
  })

  test('refuses the folded name of another', () => {
    expect(refusalOf(() => renameCategory(usafiri, 'chakula', all, later))).toEqual({
      code: 'category_name_taken',
      details: { name: 'Chakula' },
    })
  })

  test('does not look at the limit', () => {
    const many = Array.from({ length: 200 }, (_, index) => category(`Aina ${index}`))
    expect(renameCategory(usafiri, 'Safari', [...many, usafiri], later).state.name).toBe('Safari')
  })

  test('leaves what it was given alone', () => {
    const before = structuredClone(usafiri)
    renameCategory(usafiri, 'Safari', all, later)
    expect(usafiri).toEqual(before)
  })
})

describe('deleting a category', () => {
  const usafiri = category('Usafiri')

  test('that nothing uses is its last version and keeps what it was', () => {
    expect(deleteCategory(usafiri, 0, later)).toEqual({
      type: 'category.deleted',
      aggregateType: 'category',
      aggregateId: usafiri.id,
      version: 4,
      at: later,
      before: usafiri,
      after: null,
    })
  })

  test.each([1, 57])('refuses while %d expenses use it, and says how many', (expenseCount) => {
    expect(refusalOf(() => deleteCategory(usafiri, expenseCount, later))).toEqual({
      code: 'category_in_use',
      details: { expenseCount },
    })
  })
})
