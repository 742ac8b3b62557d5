import { type Config, ConfigError, loadConfig } from '../config.ts'
import { shownPlace } from '../files/storage-place.ts'
import { ignoredVariables } from '../ignored-variables.ts'
import type { Finding } from './check.ts'

const component = 'config'

interface CheckedConfig {
  readonly finding: Finding
  /** `null` when the configuration is not valid, so that no other check can run. */
  readonly config: Config | null
}

export function checkConfig(env: Readonly<Record<string, string | undefined>>): CheckedConfig {
  try {
    const config = loadConfig(env)
    const { dataDir, databaseUrl, host, port, storage, storageFallback } = config
    const details = [
      `data directory ${dataDir}`,
      databaseUrl === null ? 'an embedded database' : 'the database of DATABASE_URL',
      `files in ${shownPlace(storage)}`,
      ...(storageFallback === null ? [] : [`while that is out, in ${shownPlace(storageFallback)}`]),
      `listens on ${host}:${port}`,
      ...ignoredVariables(env),
    ]
    return { finding: { component, ok: true, details, remedy: null }, config }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const names = error.faults.map((fault) => fault.slice(0, fault.indexOf(':')))
    const remedy = `printenv ${names.join(' ')}`
    return { finding: { component, ok: false, details: error.faults, remedy }, config: null }
  }
}
