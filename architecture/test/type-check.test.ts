import { relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sourceFiles } from '../source-files.ts'
import { copyRepository, type RepositoryCopy, type Run } from './repository-copy.ts'

const wrong = `export const one: number = 'one'\n`
const places = [
  'packages/domain/src/planted/wrong.test.ts',
  'packages/http/test/planted-wrong.ts',
  'examples/planted/wrong.ts',
  'bench/src/planted-wrong.ts',
  'scripts/planted-wrong.ts',
  'architecture/test/planted-wrong.ts',
  'publishing/test/planted-wrong.ts',
]

let copy: RepositoryCopy
let compiler: Run

beforeAll(async () => {
  copy = copyRepository()
  copy.plant(Object.fromEntries(places.map((place) => [place, wrong])))
  compiler = await copy.run('tsc', '--project', 'tsconfig.tests.json', '--pretty', 'false')
})

afterAll(() => copy[Symbol.dispose]())

test.each(places)('refuses a wrong type in %s', (place) => {
  expect(compiler.output).toContain(`${place}(1,14): error TS2322`)
  expect(compiler.status).not.toBe(0)
})

test('leaves no source file unread', async () => {
  const { output } = await copy.run('tsc', '--project', 'tsconfig.tests.json', '--listFilesOnly')
  const read = new Set(output.split('\n').map((path) => relative(copy.root, path)))
  const built = /^packages\/[^/]+\/src\//
  const unread = sourceFiles(copy.root).filter((file) => !read.has(file) && !built.test(file))
  expect(unread).toEqual([])
})
