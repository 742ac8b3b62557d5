import { fileURLToPath } from 'node:url'
import { programs, stage, sum, type Tally } from './stage.ts'
import { runVitest } from './vitest.ts'

/** Everything that can be said about a change without running it. */
export async function check(): Promise<Tally> {
  return sum([
    await stage(
      'types',
      'packages build; tests, examples and scripts type-check',
      programs(['node', 'scripts/build.ts'], ['tsc', '-p', 'tsconfig.tests.json']),
    ),
    await stage(
      'lint',
      'rules of the language hold, files are formatted',
      programs(['biome', 'check', '--error-on-warnings'], ['oxlint', '--quiet']),
    ),
    await stage('rings', 'every import goes inwards', programs(['node', 'architecture/rings.ts'])),
    await stage(
      'dead code',
      'no file, export or dependency without a use',
      programs(['knip', '--no-progress', '--no-config-hints']),
    ),
    await stage('refusals', 'each rule refuses its planted violation', () => runVitest(['rules'])),
    await stage('publishing', 'packed packages install and import', () => runVitest(['publishing'])),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await check()
  console.log(failed === 0 ? `check: all ${passed} passed` : `check: ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
