import { variables } from './config.ts'

const OURS = 'DAFTARI_'

const NO_TOKENS = 'access tokens are not supported yet, only API keys'

/** Variables of planned features, and what is missing. */
const planned: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AUTH_JWKS_URL: NO_TOKENS,
    AUTH_ISSUER: NO_TOKENS,
    AUTH_AUDIENCE: NO_TOKENS,
    AUTH_OWNER_CLAIM: NO_TOKENS,
    CORS_ORIGINS: 'requests from pages of other origins are not supported yet',
    DAFTARI_ALLOW_PRIVATE_WEBHOOKS: 'webhooks are not sent yet',
  }),
)

/**
 * A sentence for every variable that seems to be meant for this program but has no effect: its name begins with
 * `DAFTARI_`, it equals a known name except for case and underscores, or it belongs to a planned feature. The sentences
 * contain no values, which may be secret.
 */
export function ignoredVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === '' || variables.includes(name)) return []
    const missing = planned.get(name)
    if (missing !== undefined) {
      return [`${name} has no effect in this version: ${missing}. Remove it to avoid this message.`]
    }
    const meant = variables.find((known) => isMeant(name, known))
    if (meant !== undefined) return [`${name} is unknown and has no effect. Rename it if you mean ${meant}.`]
    if (!name.toUpperCase().startsWith(OURS)) return []
    const known = variables.filter((one) => one.startsWith(OURS)).join(' and ')
    return [`${name} is unknown and has no effect. Remove it. The known names with ${OURS} are ${known}.`]
  })
}

/**
 * True for misspelled names such as `DAFTARI_DATADIR`, `daftari_port` and `OUTBOX_BATCHSIZE`; false for general names
 * such as `port`, which other programs use.
 */
function isMeant(name: string, known: string): boolean {
  const [given, wanted] = [squeezed(name), squeezed(known)]
  return given === squeezed(OURS) + wanted || (known.includes('_') && given === wanted)
}

function squeezed(name: string): string {
  return name.replaceAll(/[_-]/g, '').toUpperCase()
}
