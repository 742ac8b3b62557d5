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

test('flush_expense_outbox refuses two orders at once', async () => {
  const { code, stderr } = await run(['flush_expense_outbox', '--stats', '--cleanup']).ended
  expect(code).toBe(2)
  expect(stderr).toContain('choose one of')
})
