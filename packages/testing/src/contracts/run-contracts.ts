import { type Contract, type OpenHarness, runCase } from './contract.ts'
import { contracts } from './contracts.ts'

/**
 * Registers every case with a test runner.
 * @example runContracts(it, openMyHarness)
 */
export function runContracts(
  it: (name: string, run: () => Promise<void>) => unknown,
  openHarness: OpenHarness,
  list: readonly Contract[] = contracts,
): void {
  for (const { name, cases } of list) {
    for (const contractCase of cases) {
      it(`${name}: ${contractCase.name}`, () => runCase(contractCase, openHarness))
    }
  }
}
