import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { createBooks, type Scope } from '../index.ts'

const scope: Scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }
const stranger: Scope = { ownerId: '01890000-0000-7000-8000-00000000000b', actorId: 'bakari' }

async function openWithKeys(...names: string[]) {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const books = createBooks(createMemoryAdapters({ clock }))
  for (const name of names) await books.access.createKey(scope, { name, scopes: ['read'] })
  return { clock, books }
}

describe('listing API keys', () => {
  test('gives them page by page, newest first', async () => {
    const { books } = await openWithKeys('One', 'Two', 'Three')
    const first = await books.access.listKeys(scope, { limit: 2 })
    expect(first.data.map(({ name }) => name)).toEqual(['Three', 'Two'])
    const rest = await books.access.listKeys(scope, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(rest.data.map(({ name }) => name)).toEqual(['One'])
    expect(rest.nextCursor).toBeNull()
  })

  test('never shows a key or its hash again', async () => {
    const { books } = await openWithKeys('One')
    const [view] = (await books.access.listKeys(scope)).data
    expect(Object.keys(view ?? {})).toEqual([
      'id',
      'version',
      'name',
      'scopes',
      'expiresAt',
      'revokedAt',
      'createdAt',
      'createdBy',
      'updatedAt',
      'lastUsedAt',
    ])
  })

  test('shows those that expired', async () => {
    const { clock, books } = await openWithKeys()
    const expiresAt = '2026-11-21T10:00:00.000Z'
    await books.access.createKey(scope, { name: 'Short', scopes: ['read'], expiresAt })
    clock.advance(7_200_000)
    expect((await books.access.listKeys(scope)).data).toMatchObject([{ name: 'Short', expiresAt }])
  })

  test('shows nothing of another owner, and opens no cursor of theirs (F80)', async () => {
    const { books } = await openWithKeys('One', 'Two')
    expect(await books.access.listKeys(stranger)).toEqual({ data: [], nextCursor: null })
    const { nextCursor } = await books.access.listKeys(scope, { limit: 1 })
    await expect(books.access.listKeys(stranger, { cursor: nextCursor ?? '' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    })
  })

  test('refuses a parameter that it does not have', async () => {
    const { books } = await openWithKeys()
    await expect(books.access.listKeys(scope, { limmit: 2 } as object)).rejects.toMatchObject({
      code: 'invalid_query',
      details: { nearest: 'limit' },
    })
  })
})
