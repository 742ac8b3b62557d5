import { defineConfig } from 'vitest/config'

// Unbuilt: our packages resolve to their TypeScript. Vite reads one list for each of its resolvers: two for the
// tests, one for what is set up before them.
const resolve = { conditions: ['source', 'module', 'node'] }

export default defineConfig({
  resolve,
  ssr: { resolve },
  environments: { __vitest__: { resolve } },
  test: {
    name: 'adapters-postgres',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/server.ts'],
    setupFiles: ['../../scripts/refuse-leaks.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
