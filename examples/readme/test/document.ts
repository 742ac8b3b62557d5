import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Every document that people write, by its path in the repository. */
export const documents: readonly string[] = globSync(
  ['*.md', 'docs/**/*.md', 'examples/*/*.md', 'packages/*/*.md'],
  { cwd: root },
).toSorted()

export function read(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8')
}

/** The fenced blocks of a language, in order, as they stand. */
export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, code = '']) => code,
  )
}
