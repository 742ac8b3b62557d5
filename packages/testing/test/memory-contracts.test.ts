import { it } from 'vitest'
import { runContracts } from '../src/index.ts'
import { openMemoryHarness } from './memory-harness.ts'

runContracts(it, openMemoryHarness)
