import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const repository = realpathSync(join(import.meta.dirname, '..', '..'))

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly bin?: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** The packages that are published, as folder under `packages/` and name. */
export function publishedPackages(): readonly { folder: string; name: string }[] {
  return readdirSync(join(repository, 'packages'))
    .map((folder) => ({ folder, manifest: manifestIn(join(repository, 'packages', folder)) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ folder, name: manifest.name }))
}

/** A folder outside the repository in which somebody has installed every published package. */
export interface Consumer extends Disposable {
  readonly root: string
  tarball(name: string): string
  installed(name: string): string
}

/**
 * Packs every package and installs the tarballs the way pnpm lays them out: each package finds the dependencies
 * that its packed manifest declares, in the versions of the lockfile, and nothing else. Doing it here instead of
 * asking a package manager needs no registry and cannot drift from the lockfile.
 */
export function installPackedPackages(): Consumer {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'daftari-consumer-')))
  const tarballs = join(root, 'tarballs')
  const installed = (name: string) => join(root, 'installed', name, 'node_modules', name)
  const tarball = (name: string) =>
    join(tarballs, `${name.replace('@', '').replace('/', '-')}-${versionOf(name)}.tgz`)
  const packages = publishedPackages()
  const versionOf = (name: string) => versions.get(name)

  run('node', 'scripts/build.ts')
  const packed: readonly { name: string; version: string }[] = JSON.parse(
    run(
      'npx',
      '-y',
      'pnpm@12.21.0',
      '-r',
      '--filter=./packages/*',
      'pack',
      '--pack-destination',
      tarballs,
      '--json',
    ),
  )
  const versions = new Map(packed.map(({ name, version }) => [name, version]))

  for (const { name } of packages) {
    mkdirSync(installed(name), { recursive: true })
    run(
      'tar',
      '--extract',
      '--gzip',
      '--strip-components=1',
      '--file',
      tarball(name),
      '--directory',
      installed(name),
    )
  }
  for (const { name, folder } of packages) {
    link(installed(name), join(root, 'node_modules', name))
    const manifest = manifestIn(installed(name))
    const optional = Object.keys(manifest.optionalDependencies ?? {})
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (!optional.includes(dependency)) link(targetOf(folder, dependency), siblingOf(name, dependency))
    }
  }
  link(join(repository, 'publishing/node_modules/@types/node'), join(root, 'node_modules/@types/node'))

  return { root, tarball, installed, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }

  function targetOf(folder: string, dependency: string): string {
    if (versions.has(dependency)) return installed(dependency)
    return realpathSync(join(repository, 'packages', folder, 'node_modules', dependency))
  }

  function siblingOf(name: string, dependency: string): string {
    return join(root, 'installed', name, 'node_modules', dependency)
  }
}

export function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd: repository, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
