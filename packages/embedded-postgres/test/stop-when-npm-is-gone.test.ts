import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'

const program = fileURLToPath(new URL('./programs/watch-npm.ts', import.meta.url))

/** A shell in the place of npm, which runs the program as its child; gives what the program says once it is killed. */
async function sayingsAfterKill(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const npm = spawn('/bin/sh', ['-c', '"$0" "$1"; true', process.execPath, program], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(npm, 'exit')
  onTestFinished(async () => {
    npm.kill('SIGKILL')
    await exited
  })
  const said: string[] = []
  const lines = createInterface({ input: npm.stdout })
  lines.on('line', (line) => said.push(line))
  const closed = once(lines, 'close')
  await once(lines, 'line')
  npm.kill('SIGKILL')
  await closed
  return said
}

describe('stopWhenNpmIsGone', () => {
  it('calls back when the npm that runs us is killed', async () => {
    expect(await sayingsAfterKill({ npm_lifecycle_event: 'start' })).toEqual(['watching', 'gone'])
  })

  it('never calls back when npm does not run us', async () => {
    expect(await sayingsAfterKill({})).toEqual(['watching', 'nothing'])
  })

  it('does not call back after the watch was ended', async () => {
    expect(await sayingsAfterKill({ npm_lifecycle_event: 'start', END: '1' })).toEqual([
      'watching',
      'nothing',
    ])
  })
})
