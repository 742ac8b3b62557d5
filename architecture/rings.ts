// Reads every import of the repository and holds it against .dependency-cruiser.mjs.
// dependency-cruiser exits 0 when it reads nothing (TypeScript 7 is enough for that), so the files that it read
// are compared with the files that exist.

import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import { sourceFiles } from './source-files.ts'

const root = process.cwd()
const files = sourceFiles(root)
const folders = [...new Set(files.map((file) => file.slice(0, file.indexOf('/'))))]

const rules = await extractOptions(join(root, '.dependency-cruiser.mjs'))
const { output } = await cruise(folders, { ...rules, baseDir: root })
const { modules, summary } = output as ICruiseResult

const read = new Set(modules.map((module) => module.source))
const unread = files.filter((file) => !read.has(file))

for (const { rule, from, to } of summary.violations) console.log(`refused ${rule.name}: ${from} → ${to}`)
if (unread.length > 0) {
  console.log(
    `refused unread: dependency-cruiser read ${files.length - unread.length} of ${files.length} files;`,
  )
  console.log(`  not ${unread.slice(0, 10).join(', ')}${unread.length > 10 ? ', …' : ''}`)
}
const imports = modules.reduce((sum, module) => sum + module.dependencies.length, 0)
console.log(`${files.length - unread.length} of ${files.length} files read, ${imports} imports`)
process.exitCode = summary.violations.length > 0 || unread.length > 0 || files.length === 0 ? 1 : 0
