import { describe, expect, test } from 'vitest'
import { run } from './support/daftari.ts'

describe('a wrong use is said on stderr alone: 2', () => {
  test.each([
    [[]],
    [['fly']],
    [['serve', '--fast']],
    [['migrate', 'down']],
    [['keys', 'create']],
    [['keys', 'revoke']],
  ])('%j', async (args) => {
    const { code, stdout, stderr } = await run(args).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toBe('')
  })

  test('and so is a wrong configuration, with every fault', async () => {
    const env = { PORT: 'x', LOG_LEVEL: 'y', DATABASE_URL: 'canary', DAFTARI_MASTER_KEY: 'canary' }
    const { code, stdout, stderr } = await run(['serve'], env).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/PORT: .*\n.*DATABASE_URL: .*\n.*DAFTARI_MASTER_KEY: .*\n.*LOG_LEVEL: /)
    expect(stderr).not.toContain('canary')
  })
})

test('help is asked for and given: 0', async () => {
  const { code, stdout, stderr } = await run(['keys', '--help']).ended
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^Usage: daftari /)
})
