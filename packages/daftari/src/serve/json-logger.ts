import { destination, type Logger, pino } from 'pino'

/** JSON lines on stderr, with nothing in them that a person typed: no query, no header, no body. */
export function jsonLogger(level: string): Logger {
  return pino({ level, serializers: { req: requestLine } }, destination(2))
}

interface RequestLike {
  readonly method: string
  readonly url: string
  readonly ip: string
}

function requestLine({ method, url, ip }: RequestLike): object {
  const [path] = url.split('?', 1)
  return { method, path, ip }
}
