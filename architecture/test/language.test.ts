import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository, type RepositoryCopy, type Run } from './repository-copy.ts'

const clean = `export function one(): number {\n  return 1\n}\n`

/** [what is refused, the code, the rule of Biome that refuses it] */
type Planted = readonly [refuses: string, text: string, rule: string]

const inTheInnerRings: readonly Planted[] = [
  [
    'a Node module',
    `import { join } from 'node:path'\nexport const path: string = join('a')\n`,
    'noNodejsModules',
  ],
  ['Date', `export const now: number = Date.now()\n`, 'noRestrictedGlobals'],
  ['new Date', `export const now: object = new Date()\n`, 'noRestrictedGlobals'],
  ['Date by way of globalThis', `export const now: number = globalThis.Date.now()\n`, 'noRestrictedGlobals'],
  ['process', `export const home: unknown = process.env\n`, 'noRestrictedGlobals'],
  ['console', `export const say: unknown = console.log\n`, 'noRestrictedGlobals'],
  ['fetch', `export const get: unknown = fetch\n`, 'noRestrictedGlobals'],
  ['setTimeout', `export const later: unknown = setTimeout\n`, 'noRestrictedGlobals'],
  ['Math.random', `export const dice: number = Math.random()\n`, 'plugin'],
  ['Math.random taken apart', `const { random } = Math\nexport const dice: number = random()\n`, 'plugin'],
  [
    'a decorator',
    `const mark = (target: unknown, _context: unknown): unknown => target\n@mark\nexport class Marked {}\n`,
    'plugin',
  ],
]

const everywhere: readonly Planted[] = [
  ['any', `export const a: any = 1\n`, 'noExplicitAny'],
  [
    'a floating promise',
    `async function save(): Promise<void> {}\nexport function run(): void {\n  save()\n}\n`,
    'noFloatingPromises',
  ],
  [
    'a floating promise of another file',
    `import { save } from './save.ts'\n\nexport function run(): void {\n  save()\n}\n`,
    'noFloatingPromises',
  ],
  [
    'a promise as a condition',
    `async function is(): Promise<boolean> {\n  return true\n}\nexport const yes: string = is() ? 'a' : 'b'\n`,
    'noMisusedPromises',
  ],
  ['a default export', `export default function one(): number {\n  return 1\n}\n`, 'noDefaultExport'],
  ['an enum', `export enum Level {\n  low,\n}\n`, 'noEnum'],
  ['a namespace', `export namespace money {\n  export const zero: number = 0\n}\n`, 'noNamespace'],
  [
    'a parameter property',
    `export class Book {\n  constructor(readonly title: string) {}\n}\n`,
    'noParameterProperties',
  ],
  [
    'a type imported as a value',
    `import { Saved } from './save.ts'\n\nexport const saved: Saved = true\n`,
    'useImportType',
  ],
  ['an export of everything', `export * from './save.ts'\n`, 'noReExportAll'],
  [
    'an unused import',
    `import { save } from './save.ts'\n\nexport const one: number = 1\n`,
    'noUnusedImports',
  ],
  ['a file out of format', `export const one:number=1;\n`, 'format'],
]

const byTheCompiler: readonly Planted[] = [
  ['process', `export const home: unknown = process.env\n`, 'TS2591'],
  ['console', `export const say: unknown = console.log\n`, 'TS2584'],
  ['fetch', `export const get: unknown = fetch\n`, 'TS2304'],
  ['crypto', `export const dice: unknown = crypto.randomUUID\n`, 'TS2304'],
  ['a Node module', `import { join } from 'node:path'\nexport const path: string = join('a')\n`, 'TS2591'],
  ['an enum', `export enum Level {\n  low,\n}\n`, 'TS1294'],
  ['a namespace', `export namespace money {\n  export const zero: number = 0\n}\n`, 'TS1294'],
  ['a parameter property', `export class Book {\n  constructor(readonly title: string) {}\n}\n`, 'TS1294'],
  ['an implicit any', `export function same(value): unknown {\n  return value\n}\n`, 'TS7006'],
]

const innerRings = ['domain', 'application'] as const
const fileOf = (ring: string, refuses: string) =>
  `packages/${ring}/src/planted/${refuses.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.ts`

let copy: RepositoryCopy
let biome: Run
let compiler: Run

beforeAll(async () => {
  copy = copyRepository()
  for (const ring of innerRings) {
    copy.plant({ [fileOf(ring, 'nothing')]: clean })
    for (const [refuses, text] of inTheInnerRings) copy.plant({ [fileOf(ring, refuses)]: text })
    for (const [refuses, text] of byTheCompiler) copy.plant({ [fileOf(`${ring}`, `tsc ${refuses}`)]: text })
  }
  copy.plant({
    'packages/http/src/planted/save.ts': `export type Saved = true\n\nexport async function save(): Promise<void> {}\n`,
  })
  for (const [refuses, text] of everywhere) copy.plant({ [fileOf('http', refuses)]: text })
  const planted = [...innerRings, 'http'].map((ring) => `packages/${ring}/src/planted`)
  biome = await copy.run('biome', 'check', '--max-diagnostics=none', '--reporter=github', ...planted)
  compiler = await copy.run('tsc', '--build', 'packages/domain', 'packages/application', '--pretty', 'false')
})

afterAll(() => copy[Symbol.dispose]())

describe.each(innerRings)('the language of %s', (ring) => {
  test.each(inTheInnerRings)('refuses %s', (refuses, _text, rule) => {
    expectRefusal(biome, fileOf(ring, refuses), rule)
  })

  test.each(byTheCompiler)('refuses %s, says the compiler', (refuses, _text, code) => {
    expectRefusal(compiler, fileOf(ring, `tsc ${refuses}`), code)
  })

  test('refuses nothing of a plain function', () => {
    expect(biome.output).not.toContain(fileOf(ring, 'nothing'))
    expect(compiler.output).not.toContain(fileOf(ring, 'nothing'))
  })
})

describe('the language everywhere', () => {
  // Biome does not look through the `exports` of another package; a use case is always behind them.
  test('refuses a floating promise of another package', async () => {
    copy.plant({
      'packages/planted/package.json': JSON.stringify({
        name: '@daftari/planted',
        type: 'module',
        exports: { '.': { source: './src/index.ts', default: './dist/index.js' } },
      }),
      'packages/planted/src/index.ts': `export const books = { save: async (): Promise<void> => {} }\n`,
      [fileOf('http', 'a use case')]:
        `import { books } from '@daftari/planted'\n\nexport function run(): void {\n  books.save()\n}\n`,
    })
    copy.link('http', 'planted')
    const oxlint = await copy.run('oxlint', '--format=unix', 'packages/http/src/planted')
    expectRefusal(oxlint, fileOf('http', 'a use case'), 'no-floating-promises')
  })

  test.each(everywhere)('refuses %s', (refuses, _text, rule) => {
    expectRefusal(biome, fileOf('http', refuses), rule)
  })

  test('lets a driver use Node', () => {
    expect(biome.output).not.toContain('packages/http/src/planted/save.ts')
  })
})

function expectRefusal({ status, output }: Run, file: string, rule: string): void {
  const report = output.split('\n').filter((line) => line.includes(file))
  expect(
    report.filter((line) => line.includes(rule)),
    report.join('\n') || output,
  ).not.toEqual([])
  expect(status).not.toBe(0)
}
