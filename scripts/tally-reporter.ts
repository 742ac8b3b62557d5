import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'
import type { Tally } from './stage.ts'

/** Writes what a run came to into a file, and prints every skipped test with its reason. */
export class TallyReporter implements Reporter {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const cases = modules.flatMap((module) => [...module.children.allTests()])
    const withState = (state: string) => cases.filter((test) => test.result().state === state)
    const skipped = withState('skipped')
    const unexplained = skipped.filter((test) => reasonOf(test) === null)

    for (const line of new Set(skipped.map(lineOf))) console.log(line)
    const failed =
      withState('failed').length +
      unexplained.length +
      unhandledErrors.length +
      modules.flatMap((module) => [module, ...module.children.allSuites()]).filter(brokeOutsideTests).length
    const tally: Tally = {
      passed: withState('passed').length,
      failed,
      skipped: skipped.length - unexplained.length,
    }
    writeFileSync(this.#file, JSON.stringify(tally))
  }
}

/** One line for each test, but one for all tests of a suite whose title gives the reason: they may be hundreds. */
function lineOf(test: TestCase): string {
  const suite = suiteWithReason(test)
  if (suite !== null) {
    return `skipped: ${suite.fullName}: ${[...suite.children.allTests('skipped')].length} tests`
  }
  return `skipped: ${test.fullName}: ${reasonOf(test) ?? 'NO REASON GIVEN, which counts as a failure'}`
}

function suiteWithReason({ parent }: TestCase | TestSuite): TestSuite | null {
  if (parent.type === 'module') return null
  return titleReason(parent.name) === null ? suiteWithReason(parent) : parent
}

/** The note given to `context.skip`, else the first word-for-word reason in a title: "S3 (skipped: no server)". */
function reasonOf(test: TestCase): string | null {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return note ?? titleReason(test.fullName)
}

function titleReason(title: string): string | null {
  return /\(skipped: (.+?)\)/.exec(title)?.[1] ?? null
}

/** A file that did not load, or a hook that threw: vitest counts no failed test for it. */
function brokeOutsideTests(suite: TestModule | TestSuite): boolean {
  return suite.errors().length > 0
}
