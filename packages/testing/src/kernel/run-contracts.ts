import type { Ports } from '@daftari/application'
import { contracts } from '../contracts.ts'
import { type Contract, type OpenHarness, runCase } from './contract.ts'

type Register = (name: string, run: () => Promise<void>) => unknown

/**
 * Registers every case with a test runner. An adapter of some ports gives the contracts of those ports.
 * @example runContracts(it, openMyHarness)
 * @example runContracts(it, openMySecrets, [secretsContract])
 */
export function runContracts(it: Register, openHarness: OpenHarness, list?: readonly Contract[]): void
export function runContracts<Given>(
  it: Register,
  openHarness: OpenHarness<Given>,
  list: readonly Contract<Given>[],
): void
export function runContracts(
  it: Register,
  openHarness: OpenHarness<Ports>,
  list: readonly Contract[] = contracts,
): void {
  for (const { name, cases } of list) {
    for (const contractCase of cases) {
      it(`${name}: ${contractCase.name}`, () => runCase(contractCase, openHarness))
    }
  }
}
