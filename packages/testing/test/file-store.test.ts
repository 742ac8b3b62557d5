import { describe, expect, it } from 'vitest'
import {
  type Contract,
  type FileLinkPorts,
  fileLinksContract,
  fileReceivingContract,
  fileStoreContract,
  freshId,
  type Harness,
  manualClock,
  memoryFileStore,
  type OpenHarness,
  runCase,
  runContracts,
} from '../src/index.ts'
import { fileLinkSaboteurs, fileStoreSaboteurs, type Saboteurs } from '../src/saboteurs.ts'

/** A store in memory, with nothing else of the books. */
async function openMemoryFiles(): Promise<Harness<FileLinkPorts>> {
  const clock = manualClock('2026-11-21T09:00:00.000Z')
  const files = memoryFileStore({ clock })
  const ports = { files, follow: async (url: string) => files.follow(url) }
  return { ports, clock, ownerId: freshId(), otherOwnerId: freshId(), close: () => files.close() }
}

describe('files in memory', () => {
  runContracts(it, openMemoryFiles, [fileReceivingContract, fileStoreContract])
  runContracts(it, openMemoryFiles, [fileLinksContract])
})

describe('saboteurs of file stores', () => {
  failExactlyTheirCases(fileStoreSaboteurs, [fileReceivingContract, fileStoreContract], openMemoryFiles)
  failExactlyTheirCases(fileLinkSaboteurs, [fileLinksContract], openMemoryFiles)
})

function failExactlyTheirCases<Given>(
  saboteurs: Saboteurs<Given>,
  contracts: readonly Contract<Given>[],
  open: OpenHarness<Given>,
): void {
  const cases = contracts.flatMap((contract) => contract.cases)
  const names = cases.map(({ name }) => name)

  it(`are there for every case of ${contracts.map(({ name }) => name).join(' and ')}`, () => {
    expect(Object.keys(saboteurs).sort()).toEqual(names.toSorted())
    expect(new Set(names).size).toBe(names.length)
  })

  for (const [name, sabotage] of Object.entries(saboteurs)) {
    it(`fails exactly its own case: ${name}`, async () => {
      const failed: string[] = []
      for (const contractCase of cases) {
        const openBroken = async () => {
          const harness = await open()
          return { ...harness, ports: sabotage(harness.ports) }
        }
        await runCase(contractCase, openBroken).catch(() => failed.push(contractCase.name))
      }
      expect(failed).toEqual([name])
    })
  }
}
