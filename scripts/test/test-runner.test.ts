import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository, type RepositoryCopy, type Run } from '../../architecture/test/repository-copy.ts'

// Where each file has a worker of its own, so that none meets what another left.
const folder = 'packages/machine/src/planted'

let copy: RepositoryCopy
let vitest: Run

beforeAll(async () => {
  copy = copyRepository()
  copy.plant({
    [`${folder}/kinds.test.ts`]: `
      import { describe, expect, test } from 'vitest'
      test('passes', () => expect(1).toBe(1))
      test('fails', () => expect(1).toBe(2))
      test('has a reason', (context) => context.skip('the reason it has'))
      test('has one in its title (skipped: the title says so)', (context) => context.skip())
      test.skip('has none', () => {})
      describe.skip('a suite (skipped: the same reason for all)', () => {
        test('its first', () => {})
        describe('its part', () => test('its second', () => {}))
      })
    `,
    [`${folder}/server.test.ts`]: `
      import { createServer } from 'node:net'
      import { test } from 'vitest'
      test('leaves a server', () => new Promise<void>((resolve) => createServer().listen(0, () => resolve())))
    `,
    [`${folder}/timer.test.ts`]: `
      import { test } from 'vitest'
      test('leaves a timer', () => void setTimeout(() => {}, 60_000))
    `,
    [`${folder}/child.test.ts`]: `
      import { spawn } from 'node:child_process'
      import { test } from 'vitest'
      test('leaves a process', () => void spawn('sleep', ['20'], { stdio: 'ignore' }))
    `,
    [`${folder}/tidy.test.ts`]: `
      import { createServer } from 'node:net'
      import { test } from 'vitest'
      test('closes what it opened', async () => {
        const server = createServer()
        await new Promise<void>((resolve) => server.listen(0, () => resolve()))
        await new Promise((resolve) => server.close(resolve))
      })
    `,
    [`${folder}/broken.test.ts`]: `throw new Error('does not load')`,
    [`${folder}/only.test.ts`]: `
      import { test } from 'vitest'
      test.only('hides the others', () => {})
      test('is hidden', () => { throw new Error('hidden') })
    `,
  })
  vitest = await copy.run('env', 'TALLY_FILE=tally.json', 'vitest', 'run', '--allowOnly=false', 'planted/')
})

afterAll(() => copy[Symbol.dispose]())

const tally = () => JSON.parse(readFileSync(join(copy.root, 'tally.json'), 'utf8'))
const failedBecause = (file: string, reason: string) =>
  expect(vitest.output).toMatch(new RegExp(`FAIL[^\n]*${folder}/${file}[\\s\\S]*?${reason}`))

describe('the runner of the tests', () => {
  test('counts every way to fail', () => {
    const kinds = { passed: 1, failed: 1, unexplained: 1, skipped: 4 }
    const leaks = 3
    const unloadable = 1
    const only = { failed: 1, hidden: 1 }
    expect(tally()).toEqual({
      passed: kinds.passed + leaks + 1,
      failed: kinds.failed + kinds.unexplained + leaks + unloadable + only.failed + only.hidden,
      skipped: kinds.skipped,
    })
    expect(vitest.status).toBe(1)
  })

  test('prints the reason of each skipped test', () => {
    expect(vitest.output).toContain('skipped: has a reason: the reason it has\n')
    expect(vitest.output).toContain(
      'skipped: has one in its title (skipped: the title says so): the title says so\n',
    )
  })

  test('prints one line for a skipped suite that gives the reason in its title', () => {
    expect(vitest.output).toContain('skipped: a suite (skipped: the same reason for all): 2 tests\n')
    expect(vitest.output).not.toContain('> its first')
  })

  test('refuses a skipped test without a reason', () => {
    expect(vitest.output).toContain('skipped: has none: NO REASON GIVEN')
  })

  test('refuses a test file that does not load', () => {
    failedBecause('broken.test.ts', 'does not load')
  })

  test('refuses a forgotten "only"', () => {
    failedBecause('only.test.ts', 'only')
  })

  test.each([
    ['server', 'TCPServerWrap'],
    ['timer', 'Timeout'],
    ['child', 'ProcessWrap'],
  ])('refuses a %s left open', (kind, resource) => {
    failedBecause(`${kind}.test.ts`, `what this test file left open[\\s\\S]*?${resource}`)
  })

  test('refuses a run without tests', async () => {
    const program = `import { runVitest } from './scripts/vitest.ts'\nawait runVitest(['bench'])\n`
    copy.plant({ 'planted.ts': program })
    for (const file of globSync('bench/**/*.test.ts', { cwd: copy.root })) rmSync(join(copy.root, file))
    const { status, output } = await copy.run('node', 'planted.ts')
    expect(output).toContain('vitest ran no test of bench')
    expect(status).toBe(1)
  })
})
