import { spawn } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, relative } from 'node:path'

const repository = realpathSync(join(import.meta.dirname, '..', '..'))
const notCopied = new Set(['.git', 'dist', 'coverage', 'reports', '.stryker-tmp', '.daftari'])

export interface Run {
  readonly status: number | null
  readonly output: string
}

/** A throw-away copy of the repository, in which a rule may be broken to see whether anybody notices. */
export interface RepositoryCopy extends Disposable {
  readonly root: string
  /** Writes files, by their path from the root. */
  plant(files: Readonly<Record<string, string>>): void
  /** Lets one of our packages find another, as a line under "dependencies" would. */
  link(fromPackage: string, toPackage: string): void
  run(program: string, ...args: string[]): Promise<Run>
}

/**
 * The links that pnpm makes are relative: copied as they are, our own packages lead to the copy, and everything
 * else leads through `node_modules` of the copy to the original.
 */
export function copyRepository(): RepositoryCopy {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'daftari-copy-')))
  const installed = join(repository, 'node_modules')
  cpSync(repository, root, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== installed && !notCopied.has(basename(path)) && !path.endsWith('.tsbuildinfo'),
  })
  mkdirSync(join(root, 'node_modules'))
  for (const name of readdirSync(installed))
    symlinkSync(join(installed, name), join(root, 'node_modules', name))

  return {
    root,
    plant(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
      }
    },
    link(fromPackage, toPackage) {
      const scope = join(root, 'packages', fromPackage, 'node_modules', '@daftari')
      mkdirSync(scope, { recursive: true })
      rmSync(join(scope, toPackage), { force: true })
      symlinkSync(relative(scope, join(root, 'packages', toPackage)), join(scope, toPackage))
    },
    run: (program, ...args) => run(root, program, args),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

function run(root: string, program: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
    // `npm run -s` hands its silence down, and what npm says is part of the output.
    const speech = { NO_COLOR: '1', FORCE_COLOR: undefined, npm_config_loglevel: 'notice' }
    // Tests that are run in the copy count for themselves, and not for those that run them.
    const apart = { TALLY_FILE: undefined, VITEST: undefined, VITEST_MODE: undefined, NODE_ENV: undefined }
    const env = { ...process.env, ...speech, ...apart, PATH: path }
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}
