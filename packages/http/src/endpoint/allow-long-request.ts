import { Socket } from 'node:net'
import type { FastifyRequest } from 'fastify'

/**
 * Carries `work` out on a connection that may be silent meanwhile. A sender who waits for long work says nothing, and the
 * host would take that for a lost connection.
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
