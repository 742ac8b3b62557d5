import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documents, read, root } from './document.ts'

test('the documents are found', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md', 'docs/glossary.md']))
})

describe.each(documents)('%s', (path) => {
  const text = read(path)
  const prose = text.replaceAll(/^```.*?^```/gms, '')

  test('has links that lead somewhere', () => {
    const targets = [...prose.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target)
    const broken = targets
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(root, dirname(path), target)))
    expect(broken).toEqual([])
  })

  test('names files that exist', () => {
    const named = [...prose.matchAll(/`((?:packages|scripts|docs|examples)\/[\w./-]+\.\w+)`/g)].map(
      ([, file = '']) => file,
    )
    const inPackages = [
      ...prose.matchAll(
        /`((?:domain|application|testing|machine|http|adapters-postgres|daftari)\/src\/[\w./-]+\.ts)`/g,
      ),
    ].map(([, file = '']) => `packages/${file}`)
    expect([...named, ...inPackages].filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  test('names commands that exist', () => {
    const scripts = { ...scriptsIn('package.json'), ...scriptsIn(join(dirname(path), 'package.json')) }
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([])
  })
})

function scriptsIn(path: string): Readonly<Record<string, string>> {
  return existsSync(join(root, path)) ? (JSON.parse(read(path)).scripts ?? {}) : {}
}
