import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyRepository, type RepositoryCopy, type Run } from './repository-copy.ts'

const folder = 'packages/domain/src/planted'

let copy: RepositoryCopy
let knip: Run

beforeAll(async () => {
  copy = copyRepository()
  const manifest = JSON.parse(readFileSync(join(copy.root, 'packages/domain/package.json'), 'utf8'))
  manifest.dependencies = { ...manifest.dependencies, tsyringe: '4.10.0' }
  copy.plant({
    'packages/domain/package.json': JSON.stringify(manifest),
    [`${folder}/used.test.ts`]: `import { used } from './exports.ts'\nused()\n`,
    [`${folder}/exports.ts`]: `export const used = (): number => 1\nexport const plantedWithoutUse: number = 2\n`,
    [`${folder}/file-without-use.ts`]: `export const lonely: number = 1\n`,
  })
  knip = await copy.run('knip', '--no-progress', '--no-config-hints', '--reporter=compact')
})

afterAll(() => copy[Symbol.dispose]())

test('refuses an export without a use', () => {
  expect(knip.output).toMatch(/exports\.ts: plantedWithoutUse/)
  expect(knip.status).not.toBe(0)
})

test('refuses a file without a use', () => {
  expect(knip.output).toMatch(/Unused files[\s\S]*planted\/file-without-use\.ts[\s\S]*Unused dependencies/)
  expect(knip.status).not.toBe(0)
})

test('refuses a dependency without a use', () => {
  expect(knip.output).toMatch(/Unused dependencies[\s\S]*packages\/domain\/package\.json: tsyringe/)
  expect(knip.status).not.toBe(0)
})

test('lets an export live that a test uses', () => {
  expect(knip.output).not.toMatch(/\bused\b(?!\.test)/)
})
