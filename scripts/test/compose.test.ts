import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseEnv } from 'node:util'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { loadConfig, variables } from '../../packages/daftari/src/config.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8')

/** The file as docker-compose understands it, filled in like this. */
function composed(env: Readonly<Record<string, string>>): {
  readonly code: number | null
  readonly text: string
} {
  const folder = mkdtempSync(join(tmpdir(), 'daftari-compose-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const envFile = join(folder, '.env')
  writeFileSync(
    envFile,
    Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  const { status, stdout, stderr } = spawnSync('docker-compose', ['--env-file', envFile, 'config'], {
    cwd: root,
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  })
  return { code: status, text: status === 0 ? stdout : stderr }
}

/** The environment of a service, out of YAML that is indented by two. */
function environmentOf(service: string, yaml: string): Readonly<Record<string, string>> {
  const [, body = ''] = new RegExp(`^  ${service}:\\n((?:(?: {4}.*)?\\n)*)`, 'm').exec(yaml) ?? []
  const [, lines = ''] = /^ {4}environment:\n((?: {6}.*\n)*)/m.exec(body) ?? []
  const entries = [...lines.matchAll(/^ {6}([A-Z_]+): (.*)$/gm)]
  return Object.fromEntries(
    entries.map(([, name = '', value = '']) => [name, value.replaceAll(/^['"]|['"]$/g, '')]),
  )
}

const filledIn = {
  ...parseEnv(read('.env.example')),
  POSTGRES_PASSWORD: 'a'.repeat(64),
  S3_SECRET_KEY: 'b'.repeat(64),
  DAFTARI_MASTER_KEY: 'c'.repeat(64),
} as Readonly<Record<string, string>>

function skipWithoutCompose(test: TestContext): void {
  if (process.env.HIDE_OPTIONAL_TOOLS !== '1' && spawnSync('docker-compose', ['version']).status === 0) return
  const reason = 'docker-compose is not installed: apt-get install docker-compose'
  console.warn(`SKIPPED: ${test.task.name}: ${reason}`)
  test.skip(reason)
}

test('docker-compose.yml says nothing to the service that it does not know', () => {
  const names = Object.keys(environmentOf('daftari', read('docker-compose.yml')))
  expect(names).toContain('DATABASE_URL')
  expect(names.filter((name) => !variables.includes(name))).toEqual([])
})

test('the Dockerfile says nothing to the service that it does not know', () => {
  const [, said = ''] = /^ENV (.+)$/m.exec(read('Dockerfile')) ?? []
  const names = said.split(' ').map((pair) => pair.replace(/=.*/, ''))
  expect(names.filter((name) => !variables.includes(name))).toEqual(['NODE_ENV'])
})

test('.env.example names what docker-compose.yml is filled in with, all of it and no more', () => {
  const asked = read('docker-compose.yml').match(/(?<=[^$]\$\{)[A-Z0-9_]+/g) ?? []
  expect(Object.keys(parseEnv(read('.env.example'))).sort()).toEqual([...new Set(asked)].sort())
})

test('docker-compose takes the file, and the service the configuration that comes of it', (test) => {
  skipWithoutCompose(test)
  const { code, text } = composed(filledIn)
  expect([code, text]).toEqual([0, expect.stringContaining('seaweedfs')])
  const config = loadConfig(environmentOf('daftari', text))
  expect(config).toMatchObject({
    databaseUrl: `postgres://daftari:${filledIn.POSTGRES_PASSWORD}@postgres:5432/daftari`,
    storage: {
      ...{ kind: 'bucket', endPoint: 'seaweedfs', port: 8333, useTls: false, bucket: 'daftari' },
      ...{ accessKey: 'daftari', secretKey: filledIn.S3_SECRET_KEY },
    },
  })
})

for (const name of ['POSTGRES_PASSWORD', 'S3_SECRET_KEY', 'DAFTARI_MASTER_KEY']) {
  test(`docker-compose refuses the file without ${name}, and says where to look`, (test) => {
    skipWithoutCompose(test)
    const { code, text } = composed({ ...filledIn, [name]: '' })
    expect([code, text]).toEqual([1, expect.stringContaining('see .env.example')])
  })
}
