import type { Books } from '@daftari/application'
import type { Authenticate } from '@daftari/http'

const BEARER = /^Bearer +(\S+) *$/i

/** Authenticates a request by its API key. */
export function authenticateByKey({ access }: Books): Authenticate {
  return async function authenticateByKey({ headers }) {
    const [, key] = BEARER.exec(headers.authorization ?? '') ?? []
    return key === undefined ? null : access.authenticate(key)
  }
}
