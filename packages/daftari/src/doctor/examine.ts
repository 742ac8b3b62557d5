import { createPostgresAdapters } from '@daftari/adapters-postgres'
import { type Check, type Finding, failed, findingOf } from '../checks/check.ts'
import { checkConfig } from '../checks/check-config.ts'
import { checks } from '../checks/checks.ts'
import { waysToReach } from '../composition/create-container.ts'
import type { Config } from '../config.ts'
import { joinDatabase } from '../database/open-database.ts'

const [first] = checks

/** What can be looked at, by name. */
export const components: readonly string[] = ['config', ...checks.map(({ component }) => component)]

/** Looks at what is wanted. Where the configuration or the database fails, that is found for all that rest on it. */
export async function examine(
  wanted: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Finding[]> {
  const { finding, config } = checkConfig(env)
  const chosen = checks.filter(({ component }) => wanted.includes(component))
  if (config === null) return [finding, ...chosen.map((check) => notLookedAt(check, finding))]
  const findings = chosen.length === 0 ? [] : await examineDatabase(chosen, config)
  return wanted.includes('config') ? [finding, ...findings] : findings
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
    const answer = await findingOf(first, { config, database, adapters })
    if (!answer.ok) return inVain(chosen, answer)
    const findings: Finding[] = chosen[0] === first ? [answer] : []
    for (const check of chosen.filter((one) => one !== first)) {
      findings.push(await findingOf(check, { config, database, adapters }))
    }
    return findings
  } finally {
    await adapters.close()
    await database.close()
  }
}

function inVain(chosen: readonly Check[], cause: Finding): readonly Finding[] {
  return [cause, ...chosen.filter((check) => check !== first).map((check) => notLookedAt(check, cause))]
}

function notLookedAt({ component }: Check, cause: Finding): Finding {
  const remedy = `daftari doctor --component ${cause.component} -v`
  return { component, ok: false, details: [`not looked at: ${cause.component} failed`], remedy }
}
