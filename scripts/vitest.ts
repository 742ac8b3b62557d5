import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Surroundings, succeeds, type Tally } from './stage.ts'

export interface VitestOptions extends Surroundings {
  /** Only the tests that import one of these files, whether directly or not. */
  readonly related?: readonly string[]
}

/** Runs the named projects of vitest.config.ts ("!name" leaves one out) and counts what came of it. */
export async function runVitest(
  projects: readonly string[],
  { related, folder, env }: VitestOptions = {},
): Promise<Tally> {
  const tallyFolder = mkdtempSync(join(tmpdir(), 'daftari-tally-'))
  const tallyFile = join(tallyFolder, 'tally.json')
  try {
    const command = related === undefined ? ['run'] : ['related', '--run', ...related]
    const succeeded = await succeeds(
      'vitest',
      [...command, '--allowOnly=false', ...projects.map((project) => `--project=${project}`)],
      { folder, env: { ...env, TALLY_FILE: tallyFile } },
    )
    const tally: Tally = JSON.parse(readFileSync(tallyFile, 'utf8'))
    if (tally.passed + tally.failed + tally.skipped === 0) {
      throw new Error(`vitest ran no test of ${projects.join(', ')}`)
    }
    if (succeeded || tally.failed > 0) return tally
    throw new Error('vitest failed without a failing test')
  } finally {
    rmSync(tallyFolder, { recursive: true, force: true })
  }
}
