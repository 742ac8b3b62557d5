// Writes api-report.txt of every published package: the declarations that its index reaches, without comments.
// scripts/test/api-reports.test.ts fails when a report is not what this would write, so that a change of the
// public surface is seen in review. Run `npm run build` first: the declarations come from the build.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const RELATIVE_IMPORT = /(?:from|import\()\s*'(\.[^']+)'/g

/** The folders of the packages that are published. */
export function publishedPackages(root: string): readonly string[] {
  return readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true)
}

export function apiReport(folder: string): string {
  const dist = join(folder, 'dist')
  const files = [...reached(join(dist, 'index.d.ts'))].sort()
  const parts = files.map((file) => `// ${relative(dist, file)}\n${declarations(file)}`)
  return `${parts.join('\n\n')}\n`
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

function declarations(file: string): string {
  return readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\/\/.*$/gm, '')
    .replace(/^\s*\n/gm, '')
    .trim()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const folder of publishedPackages(process.cwd())) {
    writeFileSync(join(folder, 'api-report.txt'), apiReport(folder))
  }
}
