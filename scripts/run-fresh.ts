// `npm run test:fresh`: whether `npm test` stays green on a machine that lacks what this one has. It runs the suites
// that would notice, and nothing else.

import { cpSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { stage, succeeds, sum, type Tally } from './stage.ts'
import { runVitest } from './vitest.ts'

const notCopied = new Set(['node_modules', '.git', 'dist', 'coverage', 'reports', '.stryker-tmp', '.daftari'])

const { passed, failed, skipped } = sum([
  await stage('no tools', 'without optional tools, what needs one is skipped with its reason', withoutTools),
  await stage('closed', 'PostgreSQL runs from a clone that only root may enter', underClosedParent),
])
console.log(`fresh machine: ${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1

async function withoutTools(): Promise<Tally> {
  const related = globSync('packages/*/test/support/optional-tool.ts')
  const tally = await runVitest([], { related, env: { HIDE_OPTIONAL_TOOLS: '1' } })
  if (tally.failed + tally.skipped === 0) throw new Error('nothing was skipped, so no tool was hidden')
  return tally
}

/** Only root runs PostgreSQL as somebody else, who cannot enter a folder of mode 0700, as root's home often is. */
async function underClosedParent(): Promise<Tally> {
  if (process.getuid?.() !== 0) {
    console.log('skipped: the clone that only root may enter: only root can make one')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const parent = mkdtempSync(join(tmpdir(), 'daftari-closed-'))
  try {
    const clone = join(parent, 'clone')
    cpSync('.', clone, { recursive: true, filter: (path) => !notCopied.has(basename(path)) })
    // The prefix, because the npm above has told npm that everything happens in this folder.
    if (!(await succeeds('npm', ['--prefix', clone, 'run', 'setup'], { folder: clone }))) {
      throw new Error('the copy could not be set up')
    }
    const PATH = [join(clone, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    return await runVitest(['embedded-postgres'], { folder: clone, env: { PATH } })
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}
