import http from 'node:http'
import https from 'node:https'
import { S3Failure } from './s3-failure.ts'

/** More of a refusal than this is not read. */
const ANSWER_BYTES = 65_536

export interface S3Transport {
  readonly agent: http.Agent
  readonly request: typeof http.request
  /** Ends the connections. */
  close(): void
}

export interface S3TransportOptions {
  readonly useTls: boolean
  /** How long a connection may be silent while something is expected of it. */
  readonly silenceMs: number
}

/**
 * What the client of MinIO sends its requests through, because it has no time limits of its own and answers a server in
 * trouble by sending the same stream again. Such an answer is read here and becomes a failure with its code.
 */
export function s3Transport({ useTls, silenceMs }: S3TransportOptions): S3Transport {
  const agent = useTls ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true })

  function request(
    options: http.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest {
    const sent = (useTls ? https : http).request({ ...options, timeout: silenceMs })
    let answer: http.IncomingMessage | null = null
    sent.on('socket', (socket) => {
      const onTimeout = (): void => {
        // The silence of a reader that has not taken what is there yet is no fault of the server.
        if (answer !== null && answer.readableLength > 0) socket.setTimeout(silenceMs)
        else sent.destroy(new Error(`the server was silent for ${silenceMs} ms`))
      }
      // Not on the request, which hears of the first silence only; the socket serves others afterwards.
      socket.on('timeout', onTimeout)
      sent.on('close', () => socket.off('timeout', onTimeout))
    })
    sent.on('response', (response) => {
      answer = response
      if (!isInTrouble(response.statusCode ?? 0)) onResponse(response)
      else void failureIn(response).then((failure) => sent.emit('error', failure))
    })
    return sent
  }

  // The client calls it in this one of the ways in which Node's own can be called.
  return { agent, request: request as typeof http.request, close: () => agent.destroy() }
}

/** The answers that the client would try again by itself. */
function isInTrouble(status: number): boolean {
  return status >= 500 || [408, 429, 499].includes(status)
}

async function failureIn(response: http.IncomingMessage): Promise<Error> {
  const status = response.statusCode ?? 0
  let text = ''
  try {
    for await (const piece of response) if (text.length < ANSWER_BYTES) text += String(piece)
  } catch {
    // Whatever came of the answer will do.
  }
  return new S3Failure(status, /<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1] ?? '')
}
