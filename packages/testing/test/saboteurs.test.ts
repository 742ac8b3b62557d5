import { describe, expect, it } from 'vitest'
import { contracts, runCase } from '../src/index.ts'
import { saboteurs } from '../src/saboteurs.ts'
import { openMemoryHarness } from './memory-harness.ts'

const cases = contracts.flatMap((contract) => contract.cases)

/** The names of all cases that the sabotaged memory fails. */
async function failures(name: string): Promise<string[]> {
  const failed: string[] = []
  for (const contractCase of cases) {
    const open = async () => {
      const harness = await openMemoryHarness()
      return { ...harness, ports: saboteurs[name]?.(harness.ports) ?? harness.ports }
    }
    await runCase(contractCase, open).catch(() => failed.push(contractCase.name))
  }
  return failed
}

describe('saboteurs', () => {
  it('are there for every case, and for nothing else', () => {
    const names = cases.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(Object.keys(saboteurs).sort()).toEqual(names.sort())
    console.log(`contract cases ${names.length}, saboteurs ${Object.keys(saboteurs).length}`)
  })

  for (const name of Object.keys(saboteurs)) {
    it(`fails exactly its own case: ${name}`, async () => {
      expect(await failures(name)).toEqual([name])
    })
  }
})
