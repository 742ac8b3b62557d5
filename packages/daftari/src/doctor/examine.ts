import { createPostgresAdapters } from '@daftari/adapters-postgres'
import { type Check, type Finding, failed, findingOf } from '../checks/check.ts'
import { checkConfig } from '../checks/check-config.ts'
import { checkStorage } from '../checks/check-storage.ts'
import { checks, foundations } from '../checks/checks.ts'
import { waysToReach } from '../composition/create-container.ts'
import type { Config } from '../config.ts'
import { joinDatabase } from '../database/open-database.ts'

const [first] = foundations

/** The names of all components that can be checked. */
export const components: readonly string[] = [
  'config',
  ...checks.map(({ component }) => component),
  checkStorage.component,
]

/** Runs the chosen checks. When the configuration, the database or its schema fails, all checks that depend on it are reported as failed. */
export async function examine(
  wanted: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Finding[]> {
  const { finding, config } = checkConfig(env)
  const chosen = checks.filter(({ component }) => wanted.includes(component))
  const storage = [checkStorage].filter(({ component }) => wanted.includes(component))
  if (config === null) {
    return [finding, ...[...chosen, ...storage].map((check) => notLookedAt(check, finding))]
  }
  const findings = wanted.includes('config') ? [finding] : []
  if (chosen.length > 0) findings.push(...(await examineDatabase(chosen, config)))
  for (const check of storage) findings.push(await findingOf(check, config))
  return findings
}

async function examineDatabase(chosen: readonly Check[], config: Config): Promise<readonly Finding[]> {
  let database: Awaited<ReturnType<typeof joinDatabase>>
  try {
    database = await joinDatabase(config)
  } catch (error) {
    return inVain(chosen, failed(first.component, error, first.remedy))
  }
  const adapters = createPostgresAdapters({ ...waysToReach(config), ...database })
  try {
    const findings: Finding[] = []
    const last = checks.findLastIndex((check) => chosen.includes(check))
    for (const check of checks.slice(0, last + 1)) {
      const isFoundation = foundations.includes(check)
      if (!isFoundation && !chosen.includes(check)) continue
      const finding = await findingOf(check, { config, database, adapters })
      if (isFoundation && !finding.ok) return [...findings, ...inVain(chosen, finding)]
      if (chosen.includes(check)) findings.push(finding)
    }
    return findings
  } finally {
    await adapters.close()
    await database.close()
  }
}

/** The finding of the cause, and one for each check that could not run because of it. */
function inVain(chosen: readonly Check[], cause: Finding): readonly Finding[] {
  const start = checks.findIndex(({ component }) => component === cause.component) + 1
  const later = checks.slice(start).filter((check) => chosen.includes(check))
  return [cause, ...later.map((check) => notLookedAt(check, cause))]
}

function notLookedAt({ component }: Pick<Check, 'component'>, cause: Finding): Finding {
  const remedy = `daftari doctor --component ${cause.component} -v`
  return { component, ok: false, details: [`not checked, because ${cause.component} failed`], remedy }
}
