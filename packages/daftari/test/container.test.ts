import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMemoryAdapters, manualClock } from '@daftari/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { createContainer, loadConfig, tokens } from '../src/index.ts'
import { dataDirectory } from './support/data-directory.ts'
import { at, databases, query } from './support/postgres.ts'

const scope = { ownerId: '019a9a60-0000-7000-8000-00000000000a', actorId: 'user:1' }
const postgres = databases()
const opened: { dispose(): Promise<void> }[] = []

afterAll(async () => {
  for (const container of opened) await container.dispose()
})

async function open(env: Readonly<Record<string, string>> = {}) {
  const DATABASE_URL = env.DATABASE_URL ?? (await postgres.create())
  const config = loadConfig({ DAFTARI_DATA_DIR: dataDirectory(), DATABASE_URL, ...env })
  const container = await createContainer(config)
  opened.push(container)
  return { config, container, url: DATABASE_URL }
}

/** Adapters that say when they are given back. */
function noted(ended: string[], name: string) {
  return [() => createMemoryAdapters(), () => void ended.push(name)] as const
}

describe('the container', () => {
  test('gives the books without HTTP, on a database that it has migrated', async () => {
    const { container, url } = await open()
    const { id } = await container.resolve(tokens.books).categories.create(scope, { name: 'Usafiri' })
    expect(await query(url, 'select id, name from daftari.category')).toEqual([{ id, name: 'Usafiri' }])
  })

  test('finds the books again that another has left', async () => {
    const { container, url } = await open()
    await container.resolve(tokens.books).categories.create(scope, { name: 'Usafiri' })
    await container.dispose()
    const { container: next } = await open({ DATABASE_URL: url })
    const { data } = await next.resolve(tokens.books).categories.list(scope)
    expect(data).toMatchObject([{ name: 'Usafiri' }])
  })

  test('runs a server of its own where no database is named, and stops it', async () => {
    const dataDir = dataDirectory()
    const container = await createContainer(loadConfig({ DAFTARI_DATA_DIR: dataDir }))
    opened.push(container)
    const { connectionString, place } = container.resolve(tokens.database)
    expect(place).toBe(dataDir)
    await container.resolve(tokens.books).categories.create(scope, { name: 'Usafiri' })
    await container.dispose()
    await expect(query(connectionString, 'select 1')).rejects.toThrow('ECONNREFUSED')
  })

  test('opens nothing on a database that is out of reach', async () => {
    const nowhere = at(await postgres.create(), { port: '1' })
    await expect(open({ DATABASE_URL: nowhere })).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('makes each thing once', async () => {
    const { config, container } = await open()
    expect(container.resolve(tokens.books)).toBe(container.resolve(tokens.books))
    expect(container.resolve(tokens.config)).toBe(config)
  })

  test('shares nothing with another container', async () => {
    const [one, other] = [await open(), await open()]
    expect(one.container.resolve(tokens.ports)).not.toBe(other.container.resolve(tokens.ports))
  })

  test('lets a registration be replaced, and what is built on it follows', async () => {
    const { container } = await open()
    const clock = manualClock('2030-01-01T00:00:00.000Z')
    container.register(tokens.ports, () => createMemoryAdapters({ clock }))
    const view = await container.resolve(tokens.books).categories.create(scope, { name: 'Usafiri' })
    expect(view.createdAt).toBe('2030-01-01T00:00:00.000Z')
  })

  test('refuses to replace what is in use', async () => {
    const { container } = await open()
    container.resolve(tokens.books)
    expect(() => container.register(tokens.ports, () => createMemoryAdapters())).toThrow(
      /ports was already resolved/,
    )
  })

  test('gives back what was made, last first, once', async () => {
    const { config, container } = await open()
    const ended: string[] = []
    container.register(tokens.ports, ...noted(ended, 'ports'))
    container.register(
      tokens.config,
      () => config,
      async () => void ended.push('config'),
    )
    container.resolve(tokens.books)
    container.resolve(tokens.config)
    await container.dispose()
    await container.dispose()
    expect(ended).toEqual(['config', 'ports'])
    expect(() => container.resolve(tokens.books)).toThrow(/disposed of/)
  })

  test('does not make anything only to give it back', async () => {
    const { container } = await open()
    const ended: string[] = []
    container.register(tokens.ports, ...noted(ended, 'ports'))
    await container.dispose()
    expect(ended).toEqual([])
  })

  test('gives back the rest when one fails, and says so', async () => {
    const { config, container } = await open()
    const ended: string[] = []
    container.register(tokens.ports, ...noted(ended, 'ports'))
    container.register(
      tokens.config,
      () => config,
      () => {
        throw new Error('stuck')
      },
    )
    container.resolve(tokens.ports)
    container.resolve(tokens.config)
    await expect(container.dispose()).rejects.toMatchObject({ errors: [new Error('stuck')] })
    expect(ended).toEqual(['ports'])
  })

  test('says what is not registered', async () => {
    const { container } = await open()
    const stranger = { name: 'stranger', key: Symbol('stranger') }
    expect(() => container.resolve(stranger)).toThrow('stranger is not registered in the container')
  })
})

describe('the master key', () => {
  const hex = 'ab'.repeat(32)

  test('is made once, for the same user alone', async () => {
    const dataDir = dataDirectory()
    const file = join(dataDir, 'master-key')
    const { container } = await open({ DAFTARI_DATA_DIR: dataDir })
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^[0-9a-f]{64}\n$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const { container: next } = await open({ DAFTARI_DATA_DIR: dataDir })
    expect(readFileSync(file, 'utf8')).toBe(text)
    for (const { masterKey } of [container.resolve(tokens.database), next.resolve(tokens.database)]) {
      expect(Buffer.from(masterKey).toString('hex')).toBe(text.trim())
    }
  })

  test('is one for all who start at the same time', async () => {
    const DAFTARI_DATA_DIR = dataDirectory()
    const DATABASE_URL = await postgres.create()
    const containers = await Promise.all([1, 2, 3, 4].map(() => open({ DAFTARI_DATA_DIR, DATABASE_URL })))
    const keys = containers.map(({ container }) => container.resolve(tokens.database).masterKey)
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1)
  })

  test('that is given is used, and no other is made', async () => {
    const dataDir = dataDirectory()
    const { container } = await open({ DAFTARI_DATA_DIR: dataDir, DAFTARI_MASTER_KEY: hex })
    expect(Buffer.from(container.resolve(tokens.database).masterKey).toString('hex')).toBe(hex)
    expect(() => statSync(join(dataDir, 'master-key'))).toThrow('ENOENT')
  })

  test.each(['', '\n', hex.slice(1), 'nonsense'])('that reads %j is no key', async (text) => {
    const dataDir = dataDirectory()
    writeFileSync(join(dataDir, 'master-key'), text)
    await expect(open({ DAFTARI_DATA_DIR: dataDir })).rejects.toThrow(/master-key is damaged/)
  })
})
