import type { FastifyRequest } from 'fastify'
import { type Authenticate, admit, demand } from './authentication.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** A hook that lets in whoever is on this machine, and everybody else with the scope `admin` only. */
export function openOnLoopback(authenticate: Authenticate): (request: FastifyRequest) => Promise<void> {
  return async function openOnLoopback(request) {
    if (isLocal(request)) return
    await admit(request, authenticate)
    demand(request, 'admin')
  }
}

/** What a proxy passed on comes from elsewhere, though the proxy itself may run on this machine. */
function isLocal({ ip, headers }: FastifyRequest): boolean {
  return LOOPBACK.test(ip) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
}
