import { describe, expect, test } from 'vitest'
import { variables } from '../src/config.ts'
import { ignoredVariables } from '../src/ignored-variables.ts'
import { run, serve } from './support/daftari.ts'
import { dataDirectory } from './support/data-directory.ts'

describe('a variable that has no effect is told', () => {
  test.each([
    ['DAFTARI_DATADIR', 'DAFTARI_DATA_DIR'],
    ['daftari_data_dir', 'DAFTARI_DATA_DIR'],
    ['DAFTARI_PORT', 'PORT'],
    ['DAFTARI_DATABASE_URL', 'DATABASE_URL'],
    ['DAFTARI_MASTERKEY', 'DAFTARI_MASTER_KEY'],
    ['OUTBOX_BATCHSIZE', 'OUTBOX_BATCH_SIZE'],
    ['DATABASEURL', 'DATABASE_URL'],
  ])('%s, with what is probably meant', (name, meant) => {
    expect(ignoredVariables({ [name]: 'x' })).toEqual([
      `${name} is unknown and has no effect. Rename it if you mean ${meant}.`,
    ])
  })

  test('DAFTARI_ with anything else', () => {
    expect(ignoredVariables({ DAFTARI_COLOUR: 'blue' })).toEqual([
      'DAFTARI_COLOUR is unknown and has no effect. Remove it. The known names with DAFTARI_ are DAFTARI_DATA_DIR and DAFTARI_MASTER_KEY.',
    ])
  })

  test.each([
    ...['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_OWNER_CLAIM', 'CORS_ORIGINS'],
    'DAFTARI_ALLOW_PRIVATE_WEBHOOKS',
  ])('%s, which is planned', (name) => {
    const [sentence, ...others] = ignoredVariables({ [name]: 'canary' })
    expect(sentence).toMatch(new RegExp(`^${name} has no effect in this version: .+\\. Remove it`))
    expect(sentence).not.toContain('canary')
    expect(others).toEqual([])
  })
})

describe('nothing is told of', () => {
  test('what is read', () => {
    expect(ignoredVariables(Object.fromEntries(variables.map((name) => [name, 'x'])))).toEqual([])
  })

  test("what is somebody else's", () => {
    const names = [
      ...[
        'PATH',
        'HOME',
        'port',
        'host',
        'HOSTNAME',
        'PGHOST',
        'NODE_ENV',
        'AUTH_TOKEN',
        'AUTH_SECRET',
        'STORAGE_DIR',
      ],
      ...[
        'DATABASE_HOST',
        'DATABASE_URL_TEST',
        'OUTBOX_DIR',
        'WEBHOOK_URL',
        'npm_config_cache',
        'NOT_DAFTARI_AT_ALL',
      ],
      ...['CORS_ORIGIN', 'LOG_LEVELS', 'DAFTARI'],
    ]
    expect(ignoredVariables(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([])
  })

  test('what is empty', () => {
    expect(ignoredVariables({ DAFTARI_DATADIR: '', AUTH_ISSUER: '', CORS_ORIGINS: undefined })).toEqual([])
  })
})

describe('it is told on stderr, and nothing is refused for it', () => {
  const vain = { DAFTARI_DATADIR: 'canary', CORS_ORIGINS: 'https://canary.example' }
  const told = /^DAFTARI_DATADIR is unknown .+\nCORS_ORIGINS has no effect in this version: .+\n/

  test('at the start of the service', async () => {
    const service = await serve(vain)
    const { code, stderr } = await service.stop()
    expect(code).toBe(0)
    expect(stderr).toMatch(told)
    expect(stderr).not.toContain('canary')
  })

  test('by commands, beside the faults of what is read', async () => {
    const { code, stdout, stderr } = await run(['outbox', 'stats'], { ...vain, PORT: 'x' }).ended
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(told)
    expect(stderr).toContain('PORT: must be a whole number')
  })

  test('by the doctor, among what it looked at', async () => {
    const env = { ...vain, DAFTARI_DATA_DIR: dataDirectory() }
    const { code, stdout } = await run(['doctor', '--component', 'config', '-v'], env).ended
    expect(code).toBe(0)
    expect(stdout).toContain('       DAFTARI_DATADIR is unknown and has no effect.')
  })
})
