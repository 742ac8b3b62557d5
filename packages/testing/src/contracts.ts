import * as list from './contract-list.ts'
import type { Contract } from './kernel/contract.ts'

/** Everything that an adapter promises. */
export const contracts: readonly Contract[] = Object.values(list)
