import { type DestinationStream, destination, type Logger, pino } from 'pino'

/** The longest part of a path that is logged. A URL may have about 16,000 characters, so an attacker could fill the log. */
const MOST_OF_A_PATH = 200

/** The token in a link gives access to a file without a key, so it must not be logged. */
const LINK = /(\/files\/).+$/

/** Logs JSON lines, by default on stderr. They contain no query, header or body, because these may contain personal data. */
export function jsonLogger(level: string, stream: DestinationStream = destination(2)): Logger {
  return pino({ level, serializers: { req: requestLine } }, stream)
}

interface RequestLike {
  readonly method: string
  readonly url: string
  readonly ip: string
}

function requestLine({ method, url, ip }: RequestLike): object {
  const [asked = ''] = url.split('?', 1)
  const path = asked.replace(LINK, '$1…')
  const isLong = path.length > MOST_OF_A_PATH
  return { method, path: isLong ? `${path.slice(0, MOST_OF_A_PATH)}…` : path, ip }
}
