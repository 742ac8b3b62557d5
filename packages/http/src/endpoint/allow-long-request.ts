import { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Runs `work` with the idle timeout of the connection switched off. A client that waits for a long request sends
 * nothing, and the host would otherwise close the connection.
 */
export async function allowLongRequest<Result>(
  { raw: { socket } }: FastifyRequest,
  work: () => Promise<Result>,
): Promise<Result> {
  if (!(socket instanceof Socket)) return work()
  const { timeout = 0 } = socket
  socket.setTimeout(0)
  try {
    return await work()
  } finally {
    socket.setTimeout(timeout)
  }
}
