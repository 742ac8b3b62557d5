import type { FastifyRequest } from 'fastify'
import { type Authenticate, admit, demand } from './authentication.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** A hook that lets in requests from this machine, and others only with the permission `admin`. */
export function openOnLoopback(authenticate: Authenticate): (request: FastifyRequest) => Promise<void> {
  return async function openOnLoopback(request) {
    if (isLocal(request)) return
    await admit(request, authenticate)
    demand(request, 'admin')
  }
}

/** A request that a proxy forwarded comes from elsewhere, even if the proxy runs on this machine. */
function isLocal({ ip, headers }: FastifyRequest): boolean {
  return LOOPBACK.test(ip) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
}
