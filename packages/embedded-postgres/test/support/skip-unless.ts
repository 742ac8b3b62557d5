import type { TestContext } from 'vitest'

/** Skips with a reason that is printed whatever the reporter. */
export function skipUnless(test: TestContext, condition: boolean, reason: string): void {
  if (condition) return
  console.warn(`SKIPPED: ${test.task.name}: ${reason}`)
  test.skip(reason)
}
