// Writes api-report.txt of every published package: the declarations that its index reaches, without comments.
// scripts/test/api-reports.test.ts fails when a report is not what this would write, so that a change of the
// public surface is seen in review. Run `npm run build` first: the declarations come from the build.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const RELATIVE_IMPORT = /(?:from|import\()\s*'(\.[^']+)'/g

/** The folders of the packages that are published. */
export function publishedPackages(root: string): readonly string[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true)
}

/** Says nothing of files: code that moves inside a package leaves its report as it is. */
export function apiReport(folder: string): string {
  const index = join(folder, 'dist', 'index.d.ts')
  const lists = [index, ...exportedWhole(index)]
  const declared = [...reached(index)].filter((file) => !lists.includes(file)).flatMap(declarations)
  const names = lists.flatMap(exportedNames)
  return `${[...names.toSorted(), '', ...declared.toSorted()].join('\n')}\n`
}

/** The files of which the index exports everything: the lists of its contexts. */
function exportedWhole(index: string): string[] {
  const paths = readFileSync(index, 'utf8').matchAll(/^export \* from '(\.[^']+)'/gm)
  return [...paths].map(([, path = '']) => join(dirname(index), path.replace(/\.(ts|js)$/, '.d.ts')))
}

/** What others may import, a line each. */
function exportedNames(index: string): string[] {
  return declarations(index)
    .filter((statement) => !statement.startsWith('export * from'))
    .flatMap((statement) => {
      const [, isType, names = ''] = /^export (type )?\{([^}]*)\}/.exec(statement) ?? []
      if (names === '') return [statement]
      return names.split(',').map((name) => `export ${isType ?? ''}${name.trim()}`)
    })
    .filter((line) => !/^export (type )?$/.test(line))
}

/** The file and all that it imports from its own package. */
function reached(start: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(start)) return seen
  seen.add(start)
  for (const [, path = ''] of readFileSync(start, 'utf8').matchAll(RELATIVE_IMPORT)) {
    reached(join(dirname(start), path.replace(/\.(ts|js)$/, '.d.ts')), seen)
  }
  return seen
}

/** The statements of the file, without comments and imports. */
function declarations(file: string): string[] {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\/\/.*$/gm, '')
    .replace(/^\s*\n/gm, '')
    .replace(/import\("\.[^"]*"\)\./g, '')
    .trim()
    .split(/\n(?=[a-z])/)
    .filter((statement) => !/^import\b|^export \{\s*\};/.test(statement))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const folder of publishedPackages(process.cwd())) {
    writeFileSync(join(folder, 'api-report.txt'), apiReport(folder))
  }
}
