import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyRepository, type RepositoryCopy, type Run } from './repository-copy.ts'

interface Violation {
  readonly refuses: string
  readonly rule: string
  readonly file: string
  readonly text: string
  /** What stands behind the import: part of the report, so that the right thing is refused. */
  readonly target: string
}

const violations: readonly Violation[] = [
  {
    refuses: 'a Node module in the domain',
    rule: 'domain-stands-alone',
    file: 'packages/domain/src/planted/node-module.ts',
    text: `import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n`,
    target: 'fs',
  },
  {
    refuses: 'a Node module in the application',
    rule: 'application-sees-domain-and-zod',
    file: 'packages/application/src/planted/node-module.ts',
    text: `import { randomUUID } from 'node:crypto'\nexport const id = randomUUID\n`,
    target: 'crypto',
  },
  {
    refuses: 'the container in the domain',
    rule: 'domain-stands-alone',
    file: 'packages/domain/src/planted/container.ts',
    text: `import { container } from '../../../daftari/node_modules/tsyringe'\nexport const own = container\n`,
    target: 'node_modules/tsyringe/',
  },
  {
    refuses: 'the container in the application',
    rule: 'container-in-composition',
    file: 'packages/application/src/planted/container.ts',
    text: `import { container } from '../../../daftari/node_modules/tsyringe'\nexport const own = container\n`,
    target: 'node_modules/tsyringe/',
  },
  {
    refuses: 'the container outside composition',
    rule: 'container-in-composition',
    file: 'packages/daftari/src/planted/container.ts',
    text: `import { container } from 'tsyringe'\nexport const own = container\n`,
    target: 'node_modules/tsyringe/',
  },
  {
    refuses: 'the metadata polyfill outside composition',
    rule: 'container-in-composition',
    file: 'packages/daftari/src/planted/metadata.ts',
    text: `import 'reflect-metadata'\n`,
    target: 'node_modules/reflect-metadata/',
  },
  {
    refuses: 'a type of an outer ring in the domain',
    rule: 'domain-stands-alone',
    file: 'packages/domain/src/planted/outer-type.ts',
    text: `import type * as application from '@daftari/application'\nexport type Outer = typeof application\n`,
    target: 'packages/application/src/index.ts',
  },
  {
    refuses: 'an adapter in the application',
    rule: 'application-sees-domain-and-zod',
    file: 'packages/application/src/planted/adapter.ts',
    text: `import * as memory from '@daftari/testing'\nexport const adapter = memory\n`,
    target: 'packages/testing/src/index.ts',
  },
  {
    refuses: 'an adapter that imports another adapter',
    rule: 'adapters-see-inner-rings',
    file: 'packages/adapters-postgres/src/planted/adapter.ts',
    text: `import * as memory from '@daftari/testing'\nexport const adapter = memory\n`,
    target: 'packages/testing/src/index.ts',
  },
  {
    refuses: 'the memory adapters in the file stores',
    rule: 'adapters-see-inner-rings',
    file: 'packages/adapters-storage/src/planted/adapter.ts',
    text: `import * as memory from '@daftari/adapters-memory'\nexport const adapter = memory\n`,
    target: 'packages/adapters-memory/src/index.ts',
  },
  {
    refuses: 'the contract in the file stores',
    rule: 'adapters-see-inner-rings',
    file: 'packages/adapters-storage/src/planted/contract.ts',
    text: `import * as contract from '@daftari/testing'\nexport const adapter = contract\n`,
    target: 'packages/testing/src/index.ts',
  },
  {
    refuses: 'the S3 client outside its folder',
    rule: 's3-client-in-its-adapter',
    file: 'packages/adapters-storage/src/planted/client.ts',
    text: `import { Client } from 'minio'\nexport const client = Client\n`,
    target: 'node_modules/minio/',
  },
  {
    refuses: 'the application in the inbox',
    rule: 'inbox-stands-alone',
    file: 'packages/inbox/src/planted/application.ts',
    text: `import * as application from '@daftari/application'\nexport const own = application\n`,
    target: 'packages/application/src/index.ts',
  },
  {
    refuses: 'an adapter in the machine',
    rule: 'adapters-see-inner-rings',
    file: 'packages/machine/src/planted/adapter.ts',
    text: `import * as memory from '@daftari/testing'\nexport const adapter = memory\n`,
    target: 'packages/testing/src/index.ts',
  },
  {
    refuses: 'the HTTP plugin in the contract',
    rule: 'testing-sees-memory',
    file: 'packages/testing/src/planted/adapter.ts',
    text: `import * as http from '@daftari/http'\nexport const adapter = http\n`,
    target: 'packages/http/src/index.ts',
  },
  {
    refuses: 'a saboteur behind the memory adapters',
    rule: 'memory-loads-no-saboteur',
    file: 'packages/adapters-memory/src/planted/saboteur.ts',
    text: `import * as broken from '@daftari/testing/saboteurs'\nexport const adapter = broken\n`,
    target: 'packages/testing/src/books/all-saboteurs.ts',
  },
  {
    refuses: 'a test of an adapter that imports another adapter',
    rule: 'adapter-tests-see-testing',
    file: 'packages/testing/test/planted-adapter.test.ts',
    text: `import * as http from '@daftari/http'\nexport const adapter = http\n`,
    target: 'packages/http/src/index.ts',
  },
  {
    refuses: 'an adapter in the HTTP plugin',
    rule: 'http-sees-application',
    file: 'packages/http/src/planted/adapter.ts',
    text: `import * as memory from '@daftari/testing'\nexport const adapter = memory\n`,
    target: 'packages/testing/src/index.ts',
  },
  {
    refuses: 'the domain in the HTTP plugin',
    rule: 'http-sees-application',
    file: 'packages/http/src/planted/domain.ts',
    text: `import * as domain from '@daftari/domain'\nexport const rules = domain\n`,
    target: 'packages/domain/src/index.ts',
  },
  {
    refuses: 'the books in the launcher of PostgreSQL',
    rule: 'embedded-postgres-stands-alone',
    file: 'packages/embedded-postgres/src/planted/domain.ts',
    text: `import * as domain from '@daftari/domain'\nexport const rules = domain\n`,
    target: 'packages/domain/src/index.ts',
  },
  {
    refuses: 'a relative path into another package',
    rule: 'packages-meet-through-exports',
    file: 'packages/testing/src/planted/relative.ts',
    text: `import * as application from '../../../application/src/index.ts'\nexport const inner = application\n`,
    target: 'packages/application/src/index.ts',
  },
  {
    refuses: 'an import past the exports of another package',
    rule: 'resolvable',
    file: 'packages/testing/src/planted/deep.ts',
    text: `import * as application from '@daftari/application/src/index.ts'\nexport const inner = application\n`,
    target: '@daftari/application/src/index.ts',
  },
  {
    refuses: 'a tool of this repository in a package',
    rule: 'packages-see-no-scripts',
    file: 'packages/testing/src/planted/tool.ts',
    text: `import { sourceFiles } from '../../../../architecture/source-files.ts'\nexport const tool = sourceFiles\n`,
    target: 'architecture/source-files.ts',
  },
  {
    refuses: 'a test that source leans on',
    rule: 'source-sees-no-tests',
    file: 'packages/testing/src/planted/leaning.ts',
    text: `import { sample } from './sample.test.ts'\nexport const leaning = sample\n`,
    target: 'packages/testing/src/planted/sample.test.ts',
  },
  {
    refuses: 'the inside of another context',
    rule: 'contexts-meet-through-ports',
    file: 'packages/application/src/spending/planted/neighbour.ts',
    text: `import { invoiceJson } from '../../payables/invoice/invoice-json.ts'\nexport const neighbour = invoiceJson\n`,
    target: 'packages/application/src/payables/invoice/invoice-json.ts',
  },
  {
    refuses: 'a context in the kernel',
    rule: 'kernel-stands-below-contexts',
    file: 'packages/domain/src/kernel/planted/feature.ts',
    text: `import { createCategory } from '../../spending/category/category.ts'\nexport const feature = createCategory\n`,
    target: 'packages/domain/src/spending/category/category.ts',
  },
  {
    refuses: 'an undeclared dependency that happens to be installed',
    rule: 'declared-dependencies',
    file: 'packages/http/src/planted/undeclared.ts',
    text: `import * as domain from 'typescript'\nexport const rules = domain\n`,
    target: 'node_modules/typescript/',
  },
  {
    refuses: 'a cycle',
    rule: 'no-cycles',
    file: 'packages/domain/src/planted/hen.ts',
    text: `import { egg } from './egg.ts'\nexport const hen = () => egg\n`,
    target: 'packages/domain/src/planted/egg.ts',
  },
  {
    refuses: 'a cycle of types',
    rule: 'no-cycles',
    file: 'packages/domain/src/planted/question.ts',
    text: `import type { Answer } from './answer.ts'\nexport interface Question { answer: Answer }\n`,
    target: 'packages/domain/src/planted/answer.ts',
  },
  {
    refuses: 'an import that leads nowhere',
    rule: 'resolvable',
    file: 'packages/domain/src/planted/nowhere.ts',
    text: `import { nothing } from './not-there.ts'\nexport const none = nothing\n`,
    target: './not-there.ts',
  },
]

const company = {
  'packages/application/src/spending/planted/shown.ts': `import type { UrgencyDay } from '../../payables/ports.ts'\nexport type Shown = UrgencyDay\n`,
  'packages/domain/src/planted/egg.ts': `import { hen } from './hen.ts'\nexport const egg = () => hen\n`,
  'packages/domain/src/planted/answer.ts': `import type { Question } from './question.ts'\nexport interface Answer { to: Question }\n`,
  'packages/testing/src/planted/sample.test.ts': 'export const sample = 1\n',
  'packages/http/test/planted-memory.test.ts': `import * as memory from '@daftari/testing'\nexport const own = memory\n`,
  'packages/testing/src/planted/machine.ts': `import * as machine from '@daftari/machine'\nexport const own = machine\n`,
  'packages/adapters-storage/src/s3/planted.ts': `import { Client } from 'minio'\nexport const own = Client\n`,
  'packages/daftari/src/composition/planted.ts': `import { container } from 'tsyringe'\nexport const own = container\n`,
}

let copy: RepositoryCopy
let rings: Run

beforeAll(async () => {
  copy = copyRepository()
  copy.plant(company)
  for (const { file, text } of violations) copy.plant({ [file]: text })
  copy.link('domain', 'application')
  copy.link('testing', 'http')
  copy.link('adapters-memory', 'testing')
  copy.link('machine', 'testing')
  copy.link('adapters-storage', 'adapters-memory')
  copy.link('http', 'domain')
  copy.link('embedded-postgres', 'domain')
  copy.link('inbox', 'application')
  rings = await copy.run('node', 'architecture/rings.ts')
})

afterAll(() => copy[Symbol.dispose]())

describe('the rings', () => {
  test.each(violations)('refuses $refuses', ({ rule, file, target }) => {
    const report = rings.output.split('\n').filter((line) => line.startsWith(`refused ${rule}: `))
    const named = report.filter((line) => line.includes(file) && line.includes(target))
    expect(named, rings.output).toHaveLength(1)
    expect(rings.status).toBe(1)
  })

  test('lets the tests of an adapter use the memory adapters', () => {
    expect(rings.output).not.toContain('packages/http/test/planted-memory.test.ts')
  })

  test('lets a context see what another one shows', () => {
    expect(rings.output).not.toContain('packages/application/src/spending/planted/shown.ts')
  })

  test('lets an adapter use the machine', () => {
    expect(rings.output).not.toContain('packages/testing/src/planted/machine.ts')
  })

  test('lets the S3 adapter use the S3 client', () => {
    expect(rings.output).not.toContain('packages/adapters-storage/src/s3/planted.ts')
  })

  test('lets composition use the container', () => {
    expect(rings.output).not.toContain('packages/daftari/src/composition/planted.ts')
  })
})

describe('the reading of imports', () => {
  test('refuses a configuration that leaves files out', async () => {
    using narrowed = copyRepository()
    const configuration = readFileSync(join(narrowed.root, '.dependency-cruiser.mjs'), 'utf8')
    const leavesOut = configuration.replace("exclude: { path: '", "exclude: { path: '^packages/domain/src/|")
    expect(leavesOut).not.toBe(configuration)
    narrowed.plant({ '.dependency-cruiser.mjs': leavesOut })
    const { status, output } = await narrowed.run('node', 'architecture/rings.ts')
    expect(output).toMatch(
      /refused unread: dependency-cruiser read \d+ of \d+ files;\n {2}not packages\/domain\/src\//,
    )
    expect(status).toBe(1)
  })

  test('refuses a dependency-cruiser whose TypeScript it cannot use', async () => {
    using blind = copyRepository()
    giveTypeScript7ToDependencyCruiser(blind.root)
    const { status, output } = await blind.run('node', 'architecture/rings.ts')
    expect(output).toMatch(/refused unread: dependency-cruiser read 0 of \d+ files;/)
    expect(status).toBe(1)
  })
})

/** What an installation without the packageExtensions of pnpm-workspace.yaml amounts to. */
function giveTypeScript7ToDependencyCruiser(root: string): void {
  const installed = realpathSync(join(root, 'node_modules', 'dependency-cruiser'))
  const blind = join(root, 'node_modules', '.blind', 'node_modules')
  mkdirSync(blind, { recursive: true })
  for (const name of readdirSync(join(installed, '..'))) {
    if (name === 'typescript' || name === 'dependency-cruiser') continue
    symlinkSync(realpathSync(join(installed, '..', name)), join(blind, name))
  }
  symlinkSync(realpathSync(join(root, 'node_modules', 'typescript')), join(blind, 'typescript'))
  cpSync(installed, join(blind, 'dependency-cruiser'), { recursive: true })
  rmSync(join(root, 'node_modules', 'dependency-cruiser'))
  symlinkSync(join(blind, 'dependency-cruiser'), join(root, 'node_modules', 'dependency-cruiser'))
}
