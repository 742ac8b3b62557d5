import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { type CreateOwnerInput, createBooks } from '../index.ts'

const operator = { actorId: 'cli' }
const shop: CreateOwnerInput = { name: ' Duka la Amina ', timeZone: 'Pacific/Kiritimati' }

function open() {
  const clock = manualClock('2026-11-21T12:00:00.000Z')
  return { clock, books: createBooks(createMemoryAdapters({ clock })) }
}

describe('creating an owner', () => {
  test('answers the owner', async () => {
    expect(await open().books.access.createOwner(operator, shop)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'Duka la Amina',
      timeZone: 'Pacific/Kiritimati',
      createdAt: '2026-11-21T12:00:00.000Z',
      createdBy: 'cli',
    })
  })

  test('opens books that begin in the time zone of the owner', async () => {
    const { books } = open()
    const { id: ownerId } = await books.access.createOwner(operator, shop)
    const scope = { ownerId, actorId: 'amina' }
    expect(await books.settings.get(scope)).toMatchObject({ version: 0, timeZone: 'Pacific/Kiritimati' })
    const category = await books.categories.create(scope, { name: 'Usafiri' })
    const expense = {
      amount: { amount: '1', currency: 'TZS' },
      categoryId: category.id,
      expenseDate: '2026-11-22',
    }
    expect(await books.expenses.create(scope, expense)).toMatchObject({ expenseDate: '2026-11-22' })
  })

  test('leaves the settings free to change, the time zone too', async () => {
    const { books } = open()
    const { id: ownerId } = await books.access.createOwner(operator, shop)
    const scope = { ownerId, actorId: 'amina' }
    const kept = await books.settings.update(scope, { version: 0 }, { maxCategories: 5 })
    expect(kept).toMatchObject({ version: 1, timeZone: 'Pacific/Kiritimati' })
    await books.settings.update(scope, { version: 1 }, { timeZone: 'Africa/Nairobi' })
    expect(await books.settings.get(scope)).toMatchObject({ version: 2, timeZone: 'Africa/Nairobi' })
  })

  test('is not needed for books in Dar es Salaam', async () => {
    const scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }
    expect(await open().books.settings.get(scope)).toMatchObject({ timeZone: 'Africa/Dar_es_Salaam' })
  })

  test.each<[object, string]>([
    [{ ...shop, name: ' ' }, '/name name_invalid'],
    [{ ...shop, timeZone: 'Mars/Olympus' }, '/timeZone text_invalid'],
    [{ name: 'Amina' }, '/timeZone text_invalid'],
    [{ ...shop, plan: 'free' }, '/plan unknown_field'],
  ])('refuses %j', async (input, fault) => {
    const [pointer, code] = fault.split(' ')
    const { books } = open()
    await expect(books.access.createOwner(operator, input as CreateOwnerInput)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { errors: [{ pointer, code }] },
    })
    expect((await books.access.listOwners(operator)).data).toEqual([])
  })

  test('breaks when the driver does not say who acts', async () => {
    await expect(open().books.access.createOwner({ actorId: '' }, shop)).rejects.toThrow(TypeError)
  })
})

describe('looking at owners', () => {
  test('lists them page by page, oldest first', async () => {
    const { clock, books } = open()
    for (const name of ['One', 'Two', 'Three']) {
      await books.access.createOwner(operator, { ...shop, name })
      clock.advance(1)
    }
    const first = await books.access.listOwners(operator, { limit: 2 })
    expect(first.data.map(({ name }) => name)).toEqual(['One', 'Two'])
    const rest = await books.access.listOwners(operator, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(rest.data.map(({ name }) => name)).toEqual(['Three'])
    expect(rest.nextCursor).toBeNull()
  })

  test('finds one by id, and refuses an id that names nobody', async () => {
    const { books } = open()
    const owner = await books.access.createOwner(operator, shop)
    expect(await books.access.getOwner(operator, { ownerId: owner.id })).toEqual(owner)
    for (const ownerId of ['01890000-0000-7000-8000-ffffffffffff', 'amina']) {
      await expect(books.access.getOwner(operator, { ownerId })).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})
