import { defineConfig } from 'vitest/config'

// What Stryker runs against each mutant: the rules alone, without the projects of vitest.config.ts.
export default defineConfig({ test: { include: ['packages/domain/src/**/*.test.ts'], testTimeout: 60_000 } })
