import { readFile } from 'node:fs/promises'
import { createBooks } from '@daftari/application'
import { createMemoryAdapters } from '@daftari/testing'
import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import plugin, { openapiDocument } from '../src/index.ts'
import { generatedDocument } from './support/generated-document.ts'
import { witness } from './support/witness.ts'

const document = await generatedDocument()
const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly responses: Record<string, { readonly content?: Record<string, unknown> }>
}

describe('the OpenAPI document', () => {
  test('is the one that is committed; `npm run openapi` in packages/http writes it anew', async () => {
    const committed = await readFile(new URL('../openapi.json', import.meta.url), 'utf8')
    expect(JSON.parse(committed)).toEqual(document)
    expect(await openapiDocument()).toEqual(document)
  })

  test('has every route of the plugin', async () => {
    const app = Fastify()
    const routes: string[] = []
    app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'HEAD')
        routes.push(
          `${String(method).toLowerCase()} ${url.replace(/\*$/, ':token').replaceAll(/:(\w+)/g, '{$1}')}`,
        )
    })
    const books = createBooks(createMemoryAdapters())
    await app.register(plugin, { books, authenticate: () => null, health: { isReady: () => true } })
    await app.ready()
    await app.close()
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort())
    expect(routes.length).toBeGreaterThan(30)
  })

  test('names every operation once, with a tag and a summary', () => {
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = document.tags.map(({ name }: { name: string }) => name)
    for (const { operationId, tags: own, summary } of operations) {
      expect(operationId).toMatch(/^[a-z]+[A-Z]\w+$/)
      expect(tags).toEqual(expect.arrayContaining([...own]))
      expect(summary).not.toBe('')
    }
  })

  test('tells refusals as problems only', () => {
    const refusals = operations.flatMap(({ path, responses }) =>
      Object.entries(responses).filter(([status]) => status >= '400' && path.startsWith('/v1')),
    )
    expect(refusals.length).toBeGreaterThan(100)
    for (const [, { content }] of refusals)
      expect(Object.keys(content ?? {})).toEqual(['application/problem+json'])
  })

  test.each(Object.keys(document.components.schemas))('has an example of %s that is one', (title) => {
    const [example] = document.components.schemas[title].examples
    expect(witness(document).faultsOf(`/components/schemas/${title}`, example)).toBeNull()
    expect(
      witness(document).faultsOf(`/components/schemas/${title}`, { ...example, surplus: 1 }),
    ).not.toBeNull()
  })

  test('has references that lead somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
    expect(references.length).toBeGreaterThan(100)
    for (const [, title = ''] of references) expect(document.components.schemas).toHaveProperty(title)
  })
})
