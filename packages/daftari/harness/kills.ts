// node --conditions=source packages/daftari/harness/kills.ts --rounds 20

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { killRounds } from './kill-rounds.ts'
import { endProcessesOf } from './processes.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1 on')

const dataDir = mkdtempSync(join(tmpdir(), 'daftari-kills-'))
// Root's server runs as somebody else, who has to pass through.
chmodSync(dataDir, 0o755)
try {
  const tally = await killRounds(rounds, dataDir, (line) => console.error(line))
  const invariants = holdInvariants()
  console.log(
    `${rounds} rounds: ${tally.acknowledged} acknowledged, ${tally.lost} lost, ${tally.tooMany} too many, ` +
      `${tally.orphans} orphans, invariants ${invariants ? 'hold' : 'violated'}`,
  )
  process.exitCode = invariants && tally.lost + tally.tooMany + tally.orphans === 0 ? 0 : 1
} finally {
  await endProcessesOf(dataDir, 0)
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
}

function holdInvariants(): boolean {
  const { PATH } = process.env
  const { status, stdout } = spawnSync(process.execPath, ['--conditions=source', MAIN, 'invariants'], {
    env: { PATH, DAFTARI_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  process.stderr.write(stdout)
  return status === 0
}
