// Writes the table of use cases in the README of @daftari/application.
// scripts/test/use-cases.test.ts fails when the table is not what this would write.

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createBooks } from '../packages/application/src/index.ts'
import { createMemoryAdapters } from '../packages/testing/src/index.ts'

const readme = new URL('../packages/application/README.md', import.meta.url)
const head = '| group | use cases |\n| --- | --- |\n'

/** The README as it is, and as it should be. */
export function readmeWithUseCases(): { readonly is: string; readonly shouldBe: string } {
  const is = readFileSync(readme, 'utf8')
  const [before, after, ...more] = is.split(head)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('the README of @daftari/application has not exactly one table of use cases')
  }
  const rest = after.slice(after.indexOf('\n\n') + 1)
  return { is, shouldBe: `${before}${head}${rows()}${rest}` }
}

function rows(): string {
  const groups = Object.entries(createBooks(createMemoryAdapters()))
  return groups
    .map(([group, useCases]) => {
      const names = Object.keys(useCases).map((name) => `\`${name}\``)
      return `| \`books.${group}\` | ${names.join(' ')} |\n`
    })
    .toSorted()
    .join('')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(readme, readmeWithUseCases().shouldBe)
}
