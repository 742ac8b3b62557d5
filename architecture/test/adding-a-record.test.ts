import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository, type RepositoryCopy, type Run } from './repository-copy.ts'

// Adds the record of docs/adding-a-record to a copy of the repository, as CONTRIBUTING.md says, and counts.

const repository = join(import.meta.dirname, '../..')
const walk = join(repository, 'docs/adding-a-record')
const MOST_SHARED_FILES = 8

/** One line that a record adds to a file that it shares with others. */
interface Registration {
  readonly file: string
  /** The line behind which it stands. */
  readonly after: string
  readonly insert: string
}

const registrations: readonly Registration[] = JSON.parse(
  readFileSync(join(walk, 'registrations.json'), 'utf8'),
)

/** The record's own files: text by path from the root. */
const ownFiles = new Map(
  filesIn(walk)
    .filter((path) => path.includes('/'))
    .map((path) => [path, readFileSync(join(walk, path), 'utf8')]),
)

/** How what is generated is written anew. Nobody edits these files by hand, so they are not counted. */
const generated: ReadonlyMap<string, string> = new Map([
  ['packages/http/openapi.json', 'packages/http/test/programs/write-openapi.ts'],
  ['packages/adapters-postgres/schema.sql', 'packages/adapters-postgres/scripts/dump-schema.ts'],
  ['packages/application/README.md', 'scripts/write-use-cases.ts'],
  ['packages/application/api-report.txt', 'scripts/write-api-reports.ts'],
  ['packages/domain/api-report.txt', 'scripts/write-api-reports.ts'],
])

let copy: RepositoryCopy
let build: Run

beforeAll(async () => {
  copy = copyRepository()
  copy.plant(Object.fromEntries(ownFiles))
  for (const registration of registrations) copy.plant({ [registration.file]: withLine(registration) })
  build = await copy.run('tsc', '--build', '--pretty', 'false')
  for (const program of new Set(generated.values())) {
    const { status, output } = await copy.run('node', '--conditions=source', program)
    if (status !== 0) throw new Error(`${program} fails in the copy: ${output}`)
  }
  await copy.run('biome', 'format', '--write', 'packages/http/openapi.json')
})

afterAll(() => copy[Symbol.dispose]())

describe('a new record', () => {
  test(`touches its own files, one line in each of at most ${MOST_SHARED_FILES} others, and what is generated`, () => {
    const [before, after] = [textsOf(repository), textsOf(copy.root)]
    const added = [...after.keys()].filter((path) => !before.has(path))
    const changed = [...after].filter(([path, text]) => before.has(path) && before.get(path) !== text)
    const byHand = changed.filter(([path]) => !generated.has(path))
    expect(added.sort()).toEqual([...ownFiles.keys()].sort())
    for (const [path, text] of byHand) {
      expect([path, lineCountOf(text)]).toEqual([path, lineCountOf(before.get(path) ?? '') + 1])
    }
    const shared = byHand.map(([path]) => path)
    expect(shared.sort()).toEqual(registrations.map(({ file }) => file).sort())
    expect(shared.length).toBeLessThanOrEqual(MOST_SHARED_FILES)
    console.log(`${ownFiles.size} files of its own, and a line in ${shared.length}: ${shared.join(', ')}`)
    console.log(`generated: ${[...generated.keys()].join(', ')}`)
  })

  test('is explained in CONTRIBUTING.md, with each file that it shares', () => {
    const [, section = ''] = original('CONTRIBUTING.md').split('## Adding a record\n')
    const steps = section.slice(0, section.indexOf('What comes on top'))
    const named = [...steps.matchAll(/\*Lines?:\*[^.]*(?:\.ts[^.]*)+/g)].flatMap(([text]) =>
      [...text.matchAll(/`([^`]+\.ts)`/g)].map(([, file]) => `packages/${file}`),
    )
    expect(named.sort()).toEqual(registrations.map(({ file }) => file).sort())
  })

  test('has folders or file names of its own', () => {
    for (const path of ownFiles.keys()) expect(path).toMatch(/\/funds?[-./]/)
  })

  test('compiles, also in its tests', async () => {
    expect(build).toEqual({ status: 0, output: '' })
    expect(await copy.run('tsc', '--project', 'tsconfig.tests.json', '--pretty', 'false')).toEqual({
      status: 0,
      output: '',
    })
  })

  test('keeps the import rules, the format, and leaves nothing unused', async () => {
    await expectToPass('node', 'architecture/rings.ts')
    await expectToPass('biome', 'check', '--error-on-warnings', 'packages')
    await expectToPass('knip', '--no-progress', '--no-config-hints')
  })

  test('keeps its promises in memory and on PostgreSQL, each with its saboteur', async () => {
    const { output } = await expectToPass(
      'vitest',
      'run',
      ...['--project=testing', '--project=adapters-postgres', '--testNamePattern= fund'],
      'packages/testing/test/memory-contracts.test.ts',
      'packages/testing/test/saboteurs.test.ts',
      'packages/adapters-postgres/test/contracts.test.ts',
    )
    // Six cases: in memory, with their saboteurs, and on PostgreSQL under two logins.
    expect(output).toMatch(/Tests +24 passed/)
  })

  test('is served over HTTP, refuses as documented, and stands behind both walls', async () => {
    const { output } = await expectToPass(
      'vitest',
      'run',
      ...['domain', 'application', 'http', 'adapters-postgres'].map((name) => `--project=${name}`),
      'packages/domain/src/funds/',
      'packages/application/src/documented-refusals.test.ts',
      'packages/application/src/history/list-event-types.test.ts',
      'packages/http/test/funds.test.ts',
      'packages/http/test/openapi.test.ts',
      'packages/adapters-postgres/test/walls.test.ts',
      'packages/adapters-postgres/test/server-walls.test.ts',
      'packages/adapters-postgres/test/schema.test.ts',
    )
    expect(output).toMatch(/Test Files +8 passed/)
  })

  // One after the other in the same copy, which each of them leaves as it was.
  test.each(registrations)('needs its line in $file', async (registration) => {
    copy.plant({ [registration.file]: original(registration.file) })
    const compiler = await copy.run('tsc', '--build', '--pretty', 'false')
    // What compiles without the line is a list that is only read: then nothing leads to the record's files.
    const withoutUse = compiler.status === 0 ? await copy.run('knip', '--no-progress') : compiler
    copy.plant({ [registration.file]: withLine(registration) })
    expect(withoutUse.status).not.toBe(0)
    expect(withoutUse.output).toMatch(/fund/i)
  })
})

async function expectToPass(program: string, ...args: readonly string[]): Promise<Run> {
  const run = await copy.run(program, ...args)
  expect(run.status, run.output).toBe(0)
  return run
}

function original(file: string): string {
  return readFileSync(join(repository, file), 'utf8')
}

function withLine({ file, after, insert }: Registration): string {
  const lines = original(file).split('\n')
  const places = lines.flatMap((line, index) => (line === after ? [index] : []))
  if (places.length !== 1) throw new Error(`${file} has ${places.length} lines that read: ${after}`)
  return lines.toSpliced((places[0] ?? 0) + 1, 0, insert).join('\n')
}

function lineCountOf(text: string): number {
  return text.split('\n').length
}

/** What people and programs write in the repository, without what is installed or built. */
function textsOf(root: string): ReadonlyMap<string, string> {
  return new Map(filesIn(root).map((path) => [path, readFileSync(join(root, path), 'latin1')]))
}

function filesIn(root: string): string[] {
  const passedOver = /^(?:node_modules|dist|coverage|reports|\.git|\.daftari|\.stryker-tmp)$|\.tsbuildinfo$/
  const within = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (passedOver.test(entry.name)) return []
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return within(path)
      return entry.isFile() ? [relative(root, path).split(sep).join('/')] : []
    })
  return within(root)
}
