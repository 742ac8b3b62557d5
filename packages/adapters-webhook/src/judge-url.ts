import { isIP } from 'node:net'

/** What is wrong with the URL of an endpoint. */
export type UrlFault = 'malformed' | 'userinfo' | 'scheme' | 'port' | 'address' | 'host'

export interface UrlRules {
  /** For development: `http`, any port, and hosts and addresses that are not public. */
  readonly allowPrivate?: boolean
}

/** Names that lead to this machine or stay inside a network. */
const PRIVATE_ENDINGS =
  /(^|\.)(localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa)$/

/**
 * Judges a URL by its text alone, as it is done when an endpoint is created; `null` when nothing is wrong. Where its host
 * leads is judged at each new connection.
 */
export function judgeUrl(url: string, { allowPrivate = false }: UrlRules = {}): UrlFault | null {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.hostname === '') return 'malformed'
  if (parsed.username !== '' || parsed.password !== '') return 'userinfo'
  if (parsed.protocol !== 'https:' && !(allowPrivate && parsed.protocol === 'http:')) return 'scheme'
  if (allowPrivate) return null
  if (parsed.port !== '' && Number(parsed.port) < 1024) return 'port'
  return hostFault(hostOf(parsed))
}

/** The host of a URL, an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

// `URL` has already turned every other way of writing an IPv4 address into four decimal numbers.
function hostFault(host: string): UrlFault | null {
  if (isIP(host) !== 0) return 'address'
  // A name without a dot is looked up inside the network, and one that ends in a dot is no name of a certificate.
  const isName = host.length <= 253 && host.includes('.') && !host.endsWith('.')
  return isName && !PRIVATE_ENDINGS.test(host) ? null : 'host'
}
