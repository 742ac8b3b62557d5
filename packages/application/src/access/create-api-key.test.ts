import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { describe, expect, test } from 'vitest'
import { type CreateApiKeyInput, createBooks, isReplay, type Scope } from '../index.ts'

const scope: Scope = { ownerId: '01890000-0000-7000-8000-00000000000a', actorId: 'amina' }
const stranger: Scope = { ownerId: '01890000-0000-7000-8000-00000000000b', actorId: 'bakari' }
const till: CreateApiKeyInput = { name: ' Till ', scopes: ['write', 'read', 'write'] }

function open() {
  const ports = createMemoryAdapters({ clock: manualClock('2026-11-21T09:00:00.000Z') })
  return { ports, books: createBooks(ports) }
}

function faultsOf(input: object): Promise<unknown> {
  return open()
    .books.access.createKey(scope, input as CreateApiKeyInput)
    .then(
      () => 'accepted',
      ({ details }) => details.errors.map((one: Record<string, string>) => `${one.pointer} ${one.code}`),
    )
}

describe('making an API key', () => {
  test('answers the record with the key, every field there', async () => {
    const view = await open().books.access.createKey(scope, {
      ...till,
      expiresAt: '2027-01-01T03:00:00+03:00',
    })
    expect(view).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      name: 'Till',
      scopes: ['read', 'write'],
      expiresAt: '2027-01-01T00:00:00.000Z',
      revokedAt: null,
      createdAt: '2026-11-21T09:00:00.000Z',
      createdBy: 'amina',
      updatedAt: '2026-11-21T09:00:00.000Z',
      lastUsedAt: null,
      key: expect.stringMatching(/^dft_[A-Za-z0-9_-]{43}$/),
    })
  })

  test('never makes the same key twice', async () => {
    const { books } = open()
    const one = await books.access.createKey(scope, till)
    const other = await books.access.createKey(scope, till)
    expect(one.key).not.toBe(other.key)
    expect(one.id).not.toBe(other.id)
  })

  test('takes null as no expiry', async () => {
    const { expiresAt } = await open().books.access.createKey(scope, { ...till, expiresAt: null })
    expect(expiresAt).toBeNull()
  })

  test.each<[object, string[]]>([
    [{}, ['/name name_invalid', '/scopes text_invalid']],
    [{ ...till, name: ' ' }, ['/name name_invalid']],
    [{ ...till, scopes: [] }, ['/scopes text_invalid']],
    [{ ...till, scopes: 'read' }, ['/scopes text_invalid']],
    [{ ...till, scopes: ['read', 'root'] }, ['/scopes/1 text_invalid']],
    [{ ...till, expiresAt: '2027-01-01' }, ['/expiresAt date_invalid']],
    [{ ...till, expiresAt: '2026-11-21T09:00:00.000Z' }, ['/expiresAt date_invalid']],
    [{ ...till, key: 'dft_mine' }, ['/key unknown_field']],
  ])('refuses %j', async (input, faults) => {
    expect(await faultsOf(input)).toEqual(faults)
  })

  test('stores neither the key nor its hash in an event (F90)', async () => {
    const { ports, books } = open()
    const { id, key } = await books.access.createKey(scope, till)
    const page = { before: null, limit: 10 }
    const records = await ports.queries.history.list(scope.ownerId, 'api_key', id, page)
    expect(records.map(({ type, aggregateVersion }) => [type, aggregateVersion])).toEqual([
      ['api_key.created', 1],
    ])
    const text = JSON.stringify(records)
    expect(text).not.toContain(key.slice(4))
    expect(text).not.toContain(ports.hashing.sha256(key))
    expect(Object.keys(JSON.parse(records[0]?.body ?? '').data.after)).toEqual([
      'id',
      'version',
      'name',
      'scopes',
      'expiresAt',
      'revokedAt',
      'createdAt',
      'createdBy',
      'updatedAt',
    ])
  })

  test('is for the audit only: subscribers never hear of it', async () => {
    const { books } = open()
    const { id } = await books.access.createKey(scope, till)
    await books.access.revokeKey(scope, { keyId: id })
    expect((await books.history.feed(scope)).data).toEqual([])
  })
})

describe('repeating the making of an API key', () => {
  const keyed = { ...scope, idempotencyKey: 'once' }

  test('answers the same key again and makes no other', async () => {
    const { books } = open()
    const first = await books.access.createKey(keyed, till)
    const again = await books.access.createKey(keyed, till)
    expect(JSON.stringify(again)).toBe(JSON.stringify(first))
    expect([isReplay(first), isReplay(again)]).toEqual([false, true])
    expect((await books.access.listKeys(scope)).data).toHaveLength(1)
  })

  test('keeps the answer sealed until then (F90)', async () => {
    const { ports, books } = open()
    const { key, id } = await books.access.createKey(keyed, till)
    const stored = await ports.queries.idempotency.find(scope.ownerId, 'once')
    const text = stored?.result ?? ''
    expect(text).not.toContain(key.slice(4))
    expect(text).not.toContain(id)
    expect(JSON.parse(ports.secrets.open(text))).toMatchObject({ id, key })
  })

  test('keeps other answers in clear', async () => {
    const { ports, books } = open()
    const category = await books.categories.create(keyed, { name: 'Usafiri' })
    const stored = await ports.queries.idempotency.find(scope.ownerId, 'once')
    expect(stored?.result).toBe(JSON.stringify(category))
  })

  test('refuses another input under the same idempotency key', async () => {
    const { books } = open()
    await books.access.createKey(keyed, till)
    await expect(books.access.createKey(keyed, { ...till, scopes: ['admin'] })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test('means nothing in the books of another owner', async () => {
    const { books } = open()
    const mine = await books.access.createKey(keyed, till)
    const theirs = await books.access.createKey({ ...stranger, idempotencyKey: 'once' }, till)
    expect(theirs.key).not.toBe(mine.key)
  })
})
