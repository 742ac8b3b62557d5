import { variables } from './config.ts'

const OURS = 'DAFTARI_'

const NO_TOKENS = 'only API keys are taken, access tokens are not yet'

/** Variables of features that are planned and not there, and what is missing. */
const planned: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AUTH_JWKS_URL: NO_TOKENS,
    AUTH_ISSUER: NO_TOKENS,
    AUTH_AUDIENCE: NO_TOKENS,
    AUTH_OWNER_CLAIM: NO_TOKENS,
    CORS_ORIGINS: 'pages of other origins are not let in yet',
    DAFTARI_ALLOW_PRIVATE_WEBHOOKS: 'webhooks are not sent yet',
  }),
)

/**
 * A sentence for every variable that looks as if it were for us and changes nothing: it begins with `DAFTARI_`, it is one
 * of ours but for case and underscores, or it belongs to a feature that is not there yet. None repeats a value.
 */
export function ignoredVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value === '' || variables.includes(name)) return []
    const missing = planned.get(name)
    if (missing !== undefined) {
      return [`${name} has no effect in this version: ${missing}. Remove it to be rid of this line.`]
    }
    const meant = variables.find((known) => isMeant(name, known))
    if (meant !== undefined) return [`${name} is unknown and has no effect. Rename it if you mean ${meant}.`]
    if (!name.toUpperCase().startsWith(OURS)) return []
    const known = variables.filter((one) => one.startsWith(OURS)).join(' and ')
    return [`${name} is unknown and has no effect. Remove it; with ${OURS} begin only ${known}.`]
  })
}

/** `DAFTARI_DATADIR`, `daftari_port`, `OUTBOX_BATCHSIZE`; not `port`, which is anybody's. */
function isMeant(name: string, known: string): boolean {
  const [given, wanted] = [squeezed(name), squeezed(known)]
  return given === squeezed(OURS) + wanted || (known.includes('_') && given === wanted)
}

function squeezed(name: string): string {
  return name.replaceAll(/[_-]/g, '').toUpperCase()
}
