import { type DestinationStream, destination, type Logger, pino } from 'pino'

/** A URL may have about 16,000 characters. An attacker could fill the log with them. */
const MOST_OF_A_PATH = 200

/** The token of a link opens a file without a key. */
const LINK = /(\/files\/).+$/

/** JSON lines, on stderr by default, with nothing in them that a person typed: no query, no header, no body. */
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
