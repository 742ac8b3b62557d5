import { describe, expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { dispatcherOptions } from '../src/outbox/dispatcher-of-config.ts'
import { run } from './support/daftari.ts'

describe('the configuration of the outbox', () => {
  test('takes the schedule of Standard Webhooks unless it names a number of retries or a delay', () => {
    const options = dispatcherOptions(loadConfig({}).outbox)
    expect(options).toEqual({ batchSize: 100, pollMs: 30_000, timeoutMs: 15_000 })
  })

  test('R10 doubles the delay after each retry when one of the two is given', () => {
    const { outbox } = loadConfig({ OUTBOX_RETRY_DELAY_SECONDS: '10', OUTBOX_BATCH_SIZE: '50' })
    expect(dispatcherOptions(outbox)).toMatchObject({
      batchSize: 50,
      retryScheduleMs: [10_000, 20_000, 40_000],
    })
  })

  test('is refused where a number is none', () => {
    expect(() => loadConfig({ OUTBOX_BATCH_SIZE: 'many' })).toThrow(
      'OUTBOX_BATCH_SIZE: a whole number from 1',
    )
  })
})

describe('flush_expense_outbox refuses what it would pass over in silence', () => {
  test.each([
    ['--stats --cleanup', 'choose one of --continuous, --retry-failed, --cleanup, --stats'],
    ['--dry-run --retry-failed', '--dry-run counts what would be removed'],
    ['--interval 30', '--interval goes with --continuous'],
    ['--cleanup-days 7', '--cleanup-days goes with --cleanup'],
    ['--older-than-hours 24', '--older-than-hours goes with --dry-run'],
    ['--batch-size many', 'Give a whole number from 1.'],
    ['--bach-size 50', 'Did you mean --batch-size?'],
  ])('%s', async (flags, sentence) => {
    const { code, stdout, stderr } = await run(['flush_expense_outbox', ...flags.split(' ')]).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
  })
})

describe('daftari outbox refuses', () => {
  test.each([
    ['run --interval 0s', 'Give a duration, such as 30s'],
    ['cleanup --older-than 30', 'Give a duration, such as 30s'],
    ['retry', "required option '--failed' not specified"],
  ])('%s', async (words, sentence) => {
    const { code, stderr } = await run(['outbox', ...words.split(' ')]).ended
    expect(code).toBe(2)
    expect(stderr).toContain(sentence)
  })
})
