import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { TallyReporter } from './scripts/tally-reporter.ts'

const packages = readdirSync(new URL('packages', import.meta.url))

// Unbuilt: our packages resolve to their TypeScript. Vite reads one list for each of its two resolvers, and
// every project repeats both, for it does not take them from here on its own.
const conditions = ['source', 'module', 'node']
const unbuilt = { resolve: { conditions }, ssr: { resolve: { conditions } } }

// A limit is for what hangs, not for what is slow: two runs at once share two processors, and a server starts in each.
function project(name: string, include: string[], test: { setupFiles?: string[]; isolate?: boolean } = {}) {
  return { ...unbuilt, test: { name, include, testTimeout: 120_000, hookTimeout: 120_000, ...test } }
}

// The inner rings have no state of their own, so their tests share two workers and do not start a hundred.
const stateless = ['domain', 'application']

// These start a server for all their files: see their own vitest.config.ts.
const withOwnConfig = ['adapters-postgres']

const leaks = { setupFiles: ['./scripts/refuse-leaks.ts'] }

// Set by scripts/vitest.ts, which adds up what the stages of `npm test` came to.
const tallyFile = process.env.TALLY_FILE

export default defineConfig({
  ...unbuilt,
  test: {
    maxWorkers: 2,
    reporters: tallyFile === undefined ? ['default'] : ['default', new TallyReporter(tallyFile)],
    projects: [
      ...packages
        .filter((name) => !withOwnConfig.includes(name))
        .map((name) =>
          project(name, [`packages/${name}/src/**/*.test.ts`, `packages/${name}/test/**/*.test.ts`], {
            ...leaks,
            isolate: !stateless.includes(name),
          }),
        ),
      ...withOwnConfig.map((name) => `packages/${name}`),
      project('examples', ['examples/*/**/*.test.ts'], leaks),
      project('bench', ['bench/**/*.test.ts'], leaks),
      project('rules', ['architecture/test/**/*.test.ts', 'scripts/test/**/*.test.ts']),
      project('publishing', ['publishing/test/**/*.test.ts']),
    ],
  },
})
