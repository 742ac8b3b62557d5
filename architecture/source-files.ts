import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const sourceFolders = ['packages', 'examples', 'bench', 'scripts', 'architecture', 'publishing']
const notSource = new Set(['node_modules', 'dist', 'coverage', 'reports'])

/** Every TypeScript file that people write, found by walking the tree and not by asking a tool. */
export function sourceFiles(root: string): string[] {
  return sourceFolders
    .flatMap((folder) => walk(join(root, folder)))
    .map((file) => relative(root, file).split(sep).join('/'))
    .toSorted()
}

function walk(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return notSource.has(entry.name) || entry.name.startsWith('.') ? [] : walk(path)
    return entry.isFile() && entry.name.endsWith('.ts') ? [path] : []
  })
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
