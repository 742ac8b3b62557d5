import { DomainError } from '@daftari/domain'
import { describe, expect, test } from 'vitest'
import { onVersion } from './precondition.ts'

const stale = new DomainError('concurrent_change', { kind: 'invoice', id: '1' })

/** Work that meets somebody quicker so many times. */
function beaten(times: number): { work: () => Promise<number>; runs: () => number } {
  let runs = 0
  async function work(): Promise<number> {
    runs += 1
    if (runs <= times) throw stale
    return runs
  }
  return { work, runs: () => runs }
}

describe('work on a version', () => {
  test.each([undefined, '*'] as const)('is done again for who gave none (%s)', async (version) => {
    const { work } = beaten(4)
    await expect(onVersion(version, work)).resolves.toBe(5)
  })

  test('is given up after five tries', async () => {
    const { work, runs } = beaten(5)
    await expect(onVersion('*', work)).rejects.toBe(stale)
    expect(runs()).toBe(5)
  })

  test('is not done again for who gave a version: F16', async () => {
    const { work, runs } = beaten(1)
    await expect(onVersion(7, work)).rejects.toBe(stale)
    expect(runs()).toBe(1)
  })

  test('is not done again after any other refusal', async () => {
    const taken = new DomainError('invoice_void', { invoiceId: '1' })
    let runs = 0
    const work = async (): Promise<never> => {
      runs += 1
      throw taken
    }
    await expect(onVersion('*', work)).rejects.toBe(taken)
    expect(runs).toBe(1)
  })
})
