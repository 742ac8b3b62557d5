// The rings of docs/architecture.md, as rules. `npm run check` runs them through architecture/rings.ts, which
// also demands that every source file was read; architecture/test plants one violation of each.

import { readdirSync } from 'node:fs'

const test = String.raw`\.test\.ts$|^packages/[^/]+/test/`
const from = (path, pathNot = []) => ({ path, pathNot: [test, ...pathNot] })
const packageOf = (name) => `(^|/)node_modules/${name}/`

// A context is a folder beside the kernel, in the ring that has a folder of each.
const folders = readdirSync(new URL('packages/application/src', import.meta.url), { withFileTypes: true })
const contextNames = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)
const contexts = `(${contextNames.filter((name) => name !== 'kernel').join('|')})`
/** What a context shows to others: what it asks for, how its records are named, and its section of the settings. */
const faces = '/(ports|ids|references|settings-section)[.]ts$'

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

export default {
  forbidden: [
    forbid(
      'domain-stands-alone',
      'The domain imports nothing outside itself.',
      from('^packages/domain/src/'),
      { pathNot: '^packages/domain/src/' },
    ),
    forbid(
      'application-sees-domain-and-zod',
      'The application imports the domain and zod.',
      from('^packages/application/src/'),
      { pathNot: ['^packages/(application|domain)/src/', packageOf('zod')] },
    ),
    forbid(
      'http-sees-application',
      'The plugin drives the use cases and knows no other package of ours.',
      from('^packages/http/src/'),
      { path: '^packages/', pathNot: '^packages/(http|application)/' },
    ),
    forbid(
      'adapters-see-inner-rings',
      'An adapter knows the ports it fills and the machine it runs on, and no other adapter.',
      from('^packages/(adapters-[^/]+|machine)/src/'),
      { path: '^packages/', pathNot: ['^packages/$1/', '^packages/(application|domain|machine)/'] },
    ),
    forbid(
      'testing-sees-memory',
      'The contract is put to ports; of all adapters it offers those in memory.',
      from('^packages/testing/src/'),
      {
        path: '^packages/',
        pathNot: '^packages/(testing|application|domain|machine|adapters-memory)/',
      },
    ),
    forbid(
      'memory-loads-no-saboteur',
      'Who asks for memory adapters, builders or contracts loads nothing that breaks adapters.',
      from('^packages/(adapters-memory/src/|testing/src/index[.]ts$)'),
      { path: '^packages/testing/src/.*(/sabotage/|saboteurs[.]ts$)', reachable: true },
    ),
    forbid(
      'adapter-tests-see-testing',
      'The tests of an adapter may use the memory adapters and the contract suites, and no other adapter.',
      { path: '^packages/(adapters-[^/]+|http|machine|testing)/(test/|src/.+[.]test[.]ts$)' },
      {
        path: '^packages/',
        pathNot: ['^packages/$1/', '^packages/(application|domain|testing|embedded-postgres)/'],
      },
    ),
    forbid(
      'embedded-postgres-stands-alone',
      'The launcher of PostgreSQL knows nothing of the books.',
      { path: '^packages/embedded-postgres/' },
      { path: '^packages/', pathNot: '^packages/embedded-postgres/' },
    ),
    forbid(
      'inbox-stands-alone',
      'What receivers install brings nothing of the books and no other package.',
      from('^packages/inbox/src/'),
      { pathNot: ['^packages/inbox/src/'], dependencyTypesNot: ['core'] },
    ),
    forbid(
      'contexts-meet-through-ports',
      'A context sees of another what it shows, not how it is made.',
      from(`^packages/(domain|application|http|adapters-[^/]+)/src/${contexts}/`),
      { path: `^packages/$1/src/${contexts}/`, pathNot: ['^packages/$1/src/$2/', faces] },
    ),
    forbid(
      'kernel-stands-below-contexts',
      'What all contexts share knows none of them, save through the lists that close them.',
      from('^packages/([^/]+)/src/kernel/'),
      { path: `^packages/$1/src/${contexts}/` },
    ),
    forbid(
      'container-in-composition',
      'The container is a detail of one folder; everything else takes its dependencies as arguments.',
      { pathNot: '^packages/daftari/src/composition/' },
      { path: packageOf('(tsyringe|reflect-metadata)') },
    ),
    forbid(
      's3-client-in-its-adapter',
      'The client of MinIO is a detail of one folder, which keeps its traps to itself.',
      from('^packages/', ['^packages/adapters-storage/src/s3/']),
      { path: packageOf('minio') },
    ),
    forbid(
      'packages-meet-through-exports',
      'A path into another package goes around its exports.',
      { path: '^(packages/[^/]+|examples/[^/]+|bench)/' },
      { path: '^(packages|examples|bench)/', pathNot: '^$1/', dependencyTypes: ['local'] },
    ),
    forbid(
      'packages-see-no-scripts',
      'What is published or shown does not lean on the tools of this repository.',
      { path: '^(packages|examples|bench)/' },
      { path: '^(scripts|architecture|publishing)/' },
    ),
    forbid(
      'source-sees-no-tests',
      'A test is the end of a path.',
      from('^packages/', ['[.]config[.]ts$', '^packages/[^/]+/harness/']),
      {
        path: test,
      },
    ),
    forbid(
      'declared-dependencies',
      'What a package imports stands in its own package.json, and not under devDependencies.',
      from('^packages/[^/]+/src/'),
      { dependencyTypes: ['npm-no-pkg', 'npm-dev', 'npm-unknown'], dependencyTypesNot: ['npm-peer', 'npm'] },
    ),
    forbid(
      'no-cycles',
      'Two files that need each other are one file, or miss a third.',
      {},
      { circular: true },
    ),
    forbid(
      'resolvable',
      'An import that leads nowhere escapes every other rule.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    // Type-only imports count: a type is knowledge too.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    // Ours only: what an npm package keeps in its dist is an import like any other.
    exclude: { path: '^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
