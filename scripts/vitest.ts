import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { succeeds, type Tally } from './stage.ts'

/** Runs the named projects of vitest.config.ts ("!name" leaves one out) and counts what came of it. */
export async function runVitest(...projects: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-tally-'))
  const tallyFile = join(folder, 'tally.json')
  try {
    const succeeded = await succeeds(
      'vitest',
      ['run', '--allowOnly=false', ...projects.map((project) => `--project=${project}`)],
      { TALLY_FILE: tallyFile },
    )
    const tally: Tally = JSON.parse(readFileSync(tallyFile, 'utf8'))
    if (tally.passed + tally.failed === 0) throw new Error(`vitest ran no test of ${projects.join(', ')}`)
    if (succeeded || tally.failed > 0) return tally
    throw new Error('vitest failed without a failing test')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
