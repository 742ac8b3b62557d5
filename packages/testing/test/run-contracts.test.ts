import { describe, expect, it } from 'vitest'
import { type Contract, type Harness, runContracts } from '../src/index.ts'
import { openMemoryHarness } from './memory-harness.ts'

function contractOf(run: (harness: Harness) => Promise<void>): Contract {
  return { name: 'a port', cases: [{ name: 'keeps a promise', run }] }
}

/** Registers the contract with a runner that only collects, and gives what it collected. */
function collected(contract: Contract, close: () => void): { name: string; run: () => Promise<void> }[] {
  const found: { name: string; run: () => Promise<void> }[] = []
  const open = async (): Promise<Harness> => ({ ...(await openMemoryHarness()), close: async () => close() })
  runContracts((name, run) => found.push({ name, run }), open, [contract])
  return found
}

describe('runContracts', () => {
  it('registers every case under the names of contract and case, and runs nothing by itself', () => {
    const contract = contractOf(async () => expect.unreachable())
    expect(collected(contract, () => undefined).map(({ name }) => name)).toEqual(['a port: keeps a promise'])
  })

  it('opens an adapter for each run and closes it after a failure too', async () => {
    let closed = 0
    const [registered] = collected(
      contractOf(async () => {
        throw new Error('broken')
      }),
      () => {
        closed += 1
      },
    )
    await expect(registered?.run()).rejects.toThrow('broken')
    expect(closed).toBe(1)
  })
})
