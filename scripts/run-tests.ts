// `npm test`: everything that decides whether a change may land. The last line is the count, and nothing else.

import { check } from './check.ts'
import { stage, sum } from './stage.ts'
import { runVitest } from './vitest.ts'

const { passed, failed, skipped } = sum([
  await check(),
  await stage('tests', 'units, contracts, drivers, examples', () => runVitest(['!rules', '!publishing'])),
])
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed === 0 ? 0 : 1
