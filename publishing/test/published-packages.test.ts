import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Consumer, installPackedPackages, manifestIn, publishedPackages } from './packed-packages.ts'

const publishing = join(import.meta.dirname, '..')
const nodes = [
  { version: '22', node: join(publishing, 'node_modules/.bin/node') },
  { version: '24', node: join(publishing, '../node_modules/.bin/node') },
]
/** What must compile without the types of Node. */
const withoutNode = new Set(['@daftari/domain', '@daftari/application'])
/** Left out of the check of declarations: zod's own need a URL that neither ring may bring. */
const skipLibCheck = (name: string) => name !== '@daftari/domain'

let consumer: Consumer

beforeAll(() => {
  consumer = installPackedPackages()
})

afterAll(() => consumer?.[Symbol.dispose]())

describe.each(publishedPackages())('$name', ({ name }) => {
  test('packs its sources, what was built of them, a licence and a README, and no tests', () => {
    const files = globSync('**/*', { cwd: consumer.installed(name), exclude: ['node_modules'] })
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'src/index.ts']))
    expect(files.filter((file) => /\.test\.|(^|\/)test\/|tsbuildinfo/.test(file))).toEqual([])
    const declared = (file: string) => file.replace(/^src\//, 'dist/').replace(/\.ts$/, '.d.ts')
    const sources = files.filter((file) => file.startsWith('src/') && file.endsWith('.ts'))
    const declarations = files.filter((file) => file.startsWith('dist/') && file.endsWith('.d.ts'))
    expect(declarations.toSorted()).toEqual(sources.map(declared).toSorted())
  })

  test('runs from one file for each way in, whose map leads to the sources', () => {
    const folder = consumer.installed(name)
    const { exports, bin = {} } = manifestIn(folder)
    const named = JSON.stringify([exports, bin]).match(/dist\/[^"]+\.js(?=")/g) ?? []
    const programs = globSync('dist/**/*.js', { cwd: folder }).filter((file) => !file.includes('/shared-'))
    expect(programs.toSorted()).toEqual(globSync(named, { cwd: folder }).toSorted())
    for (const pattern of named) expect(globSync(pattern, { cwd: folder }), pattern).not.toEqual([])
    const maps = globSync('dist/**/*.js.map', { cwd: folder })
    expect(maps).not.toEqual([])
    for (const map of maps) {
      const { sources } = JSON.parse(readFileSync(join(folder, map), 'utf8'))
      expect(sources).not.toEqual([])
      for (const source of sources) expect(existsSync(join(folder, map, '..', source)), source).toBe(true)
    }
  })

  test('depends on versions, not on places in the workspace', () => {
    expect(JSON.stringify(manifestIn(consumer.installed(name)))).not.toMatch(
      /"(workspace|catalog|link|file):/,
    )
  })

  test('satisfies publint', async () => {
    await run('publint', '--strict', consumer.tarball(name))
  })

  test('satisfies Are The Types Wrong', async () => {
    // It ends with 0 for a package that holds no types at all, so the verdict itself is asked for.
    expect(await run('attw', '--profile=esm-only', consumer.tarball(name))).toContain('🟢 (ESM)')
  })

  test.each(nodes)('is imported by Node $version, built', async ({ version, node }) => {
    const program = `
      const api = await import('${name}')
      console.log(JSON.stringify({
        node: process.versions.node.split('.')[0],
        resolved: import.meta.resolve('${name}'),
        exports: Object.keys(api),
      }))
    `
    const output = await run(node, '--input-type=module', '--eval', program)
    const seen = JSON.parse(output)
    expect(seen.node).toBe(version)
    expect(seen.resolved).toMatch(/\/dist\/index\.js$/)
    expect(seen.exports).not.toEqual([])
  })

  // The lists of names that an index takes over whole: what a program may import by the name of the context.
  const contexts = globSync('src/*/index.ts', { cwd: join(publishing, '..', 'packages', folderOf(name)) })
  test.each(contexts.map((file) => file.split('/').at(-2) ?? ''))(
    'offers the context "%s" by itself, with nothing that is not in the whole',
    async (context) => {
      const program = `
        const [whole, part] = [await import('${name}'), await import('${name}/${context}')]
        console.log(Object.keys(part).every((key) => part[key] === whole[key]))
      `
      for (const { node } of nodes) {
        expect(await run(node, '--input-type=module', '--eval', program)).toBe('true\n')
      }
      await compiled(`${name}/${context}`)
    },
  )

  test('is imported by TypeScript', () => compiled(name))

  async function compiled(module: string): Promise<void> {
    const folder = join(consumer.root, 'typescript', module)
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'consumer.ts'),
      `import * as api from '${module}'\nexport const names: readonly string[] = Object.keys(api)\n`,
    )
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2024',
      lib: ['ES2024'],
      strict: true,
      noEmit: true,
      skipLibCheck: skipLibCheck(name),
      types: withoutNode.has(name) ? [] : ['node'],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
    await run('tsc', '--project', folder)
  }

  const commands = Object.entries(manifestIn(join(publishing, '..', 'packages', folderOf(name))).bin ?? {})
  test.each(commands)('brings the command "%s"', async (_command, path) => {
    const program = join(consumer.installed(name), path)
    expect(existsSync(program)).toBe(true)
    const output = await run(program, '--help')
    expect(output).toContain(name)
  })
})

describe('a package that promises what it does not hold', () => {
  const manifest = {
    name: 'planted',
    version: '1.0.0',
    type: 'module',
    exports: {
      '.': { types: './dist/index.d.cts', default: './dist/index.js' },
      './more': './dist/more.js',
    },
  }
  let tarball: string

  beforeAll(async () => {
    const folder = join(consumer.root, 'planted')
    mkdirSync(join(folder, 'package/dist'), { recursive: true })
    writeFileSync(join(folder, 'package/package.json'), JSON.stringify(manifest))
    writeFileSync(join(folder, 'package/dist/index.js'), 'export const one = 1\n')
    writeFileSync(join(folder, 'package/dist/index.d.cts'), 'export declare const one: number\n')
    tarball = join(folder, 'planted.tgz')
    await run('tar', '--create', '--gzip', '--file', tarball, '--directory', folder, 'package')
  })

  test('refuses it by publint', async () => {
    await expect(run('publint', '--strict', tarball)).rejects.toThrow('more.js')
  })

  test('refuses it by Are The Types Wrong', async () => {
    await expect(run('attw', '--profile=esm-only', tarball)).rejects.toThrow('Masquerading as CJS')
  })
})

function folderOf(name: string): string {
  return publishedPackages().find((published) => published.name === name)?.folder ?? name
}

/** Runs a program in the folder of the consumer. A status other than 0 rejects with what it printed. */
function run(program: string, ...args: string[]): Promise<string> {
  const path = `${join(publishing, 'node_modules/.bin')}:${process.env.PATH}`
  const options = {
    cwd: consumer.root,
    env: { ...process.env, PATH: path, NO_COLOR: '1' },
    maxBuffer: 2 ** 26,
  }
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error }))
    })
  })
}
