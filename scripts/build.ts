// Builds what is published: `tsc -b` checks the types and writes the declarations, file by file; Rolldown writes
// what runs, one file for each way into a package, because a program that imports one file starts sooner than one
// that imports a hundred. What is left of an earlier build goes, for a package would carry it.

import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'rolldown'

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string } | null>>
  readonly bin?: Readonly<Record<string, string>>
}

for (const built of globSync('packages/*/dist/**/*.d.ts{,.map}')) {
  const source = built.replace('/dist/', '/src/').replace(/\.d\.ts(\.map)?$/, '.ts')
  if (!existsSync(source)) rmSync(built)
}
const types = spawnSync('tsc', ['-b'], { stdio: 'inherit' })
await Promise.all(globSync('packages/*').map(bundle))
process.exitCode = types.status ?? 1

async function bundle(folder: string): Promise<void> {
  const dir = join(folder, 'dist')
  const { output } = await build({
    input: Object.fromEntries(entriesOf(folder).map((name) => [name, join(folder, 'src', `${name}.ts`)])),
    external: /^[^./]/,
    platform: 'node',
    output: {
      dir,
      entryFileNames: '[name].js',
      chunkFileNames: 'shared-[hash].js',
      sourcemap: true,
      // Contexts that can be imported alone share one file: a whole that lay in a dozen would start more slowly.
      ...(offersContexts(folder) ? { codeSplitting: { groups: [{ name: 'shared', test: /./ }] } } : {}),
    },
  })
  const written = new Set(output.map(({ fileName }) => join(dir, fileName)))
  for (const file of globSync(`${dir}/**/*.js{,.map}`)) if (!written.has(file)) rmSync(file)
}

function offersContexts(folder: string): boolean {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return './*' in manifest.exports
}

/** The modules of `dist` that the manifest names, also by a pattern. */
function entriesOf(folder: string): string[] {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const exported = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? entry : (entry?.default ?? []),
  )
  const named = [...exported, ...Object.values(manifest.bin ?? {})]
  const modules = named.flatMap((path) => /^\.\/dist\/(.+)\.js$/.exec(path)?.slice(1) ?? [])
  const sources = globSync(
    modules.map((name) => `${name}.ts`),
    { cwd: join(folder, 'src') },
  )
  return sources.map((path) => path.replace(/\.ts$/, ''))
}
