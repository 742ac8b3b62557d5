import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { copyRepository, type RepositoryCopy } from '../../architecture/test/repository-copy.ts'

let copy: RepositoryCopy

beforeAll(() => {
  copy = copyRepository()
})

afterAll(() => copy[Symbol.dispose]())

describe('npm install', () => {
  // `npm run -s` tells its loglevel to every npm below it.
  test.each(['notice', 'silent'])(
    'is refused with the command that installs, below an npm whose loglevel is %s',
    async (loglevel) => {
      vi.stubEnv('npm_config_loglevel', loglevel)
      onTestFinished(() => void vi.unstubAllEnvs())
      using bare = copyRepository()
      rmSync(join(bare.root, 'node_modules'), { recursive: true })
      const { status, output } = await bare.run('npm', 'install', '--ignore-scripts', '--offline')
      expect(output).toContain('catalog:use-npm-run-setup')
      expect(status).not.toBe(0)
    },
  )
})

describe('the Node that a newcomer has', () => {
  const askedUnder = (version: string) => {
    const pretence = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`
    return copy.run(
      process.execPath,
      '--import',
      `data:text/javascript,${encodeURIComponent(pretence)}`,
      join('scripts', 'require-node.mjs'),
    )
  }

  test.each(['20.20.2', '22.17.1', '23.5.0'])('is refused with a sentence when it is %s', async (version) => {
    const { status, output } = await askedUnder(version)
    expect(output).toContain(`This needs Node 22.18 or later, and this is Node ${version}.`)
    expect(status).toBe(1)
  })

  test.each(['22.18.0', '23.6.0', '24.0.0', '26.1.0'])('will do when it is %s', async (version) => {
    expect(await askedUnder(version)).toEqual({ status: 0, output: '' })
  })
})
