import type { DeliveryStats, Ports } from '@daftari/application'
import { type Authenticate, openOnLoopback } from '@daftari/http'
import type { FastifyInstance } from 'fastify'

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
const SECOND_MS = 1000

export interface Measured {
  readonly dispatch: Ports['dispatch']
  readonly clock: Ports['clock']
  /** The number of missing deliveries that were written since the start. */
  readonly repaired: () => number
}

/** Adds `/metrics` in the format of Prometheus. */
export function addMetrics(service: FastifyInstance, authenticate: Authenticate, measured: Measured): void {
  service.get(
    '/metrics',
    { schema: { hide: true }, onRequest: openOnLoopback(authenticate) },
    async (_request, reply) => reply.type(CONTENT_TYPE).send(await metricsText(measured)),
  )
}

async function metricsText({ dispatch, clock, repaired }: Measured): Promise<string> {
  const stats = await dispatch.stats()
  return [
    ...gauge(
      'daftari_deliveries',
      'Deliveries that have not arrived.',
      (['pending', 'parked', 'dead'] as const).map((status) => [`{status="${status}"}`, stats[status]]),
    ),
    ...gauge('daftari_deliveries_due', 'Pending deliveries that are due.', [['', stats.due]]),
    ...gauge('daftari_deliveries_failing', 'Pending deliveries that failed before.', [['', stats.failing]]),
    ...gauge('daftari_delivery_lag_seconds', 'Age of the oldest delivery that has not arrived.', [
      ['', lagSeconds(stats, clock.now())],
    ]),
    ...metric('counter', 'daftari_deliveries_repaired_total', 'Missing deliveries that were written.', [
      ['', repaired()],
    ]),
    '',
  ].join('\n')
}

/** Dead deliveries do not count, because they wait for an operator and not for the dispatcher. */
function lagSeconds({ oldestAt }: DeliveryStats, now: number): number {
  return oldestAt === null ? 0 : Math.max(0, now - oldestAt) / SECOND_MS
}

type Sample = readonly [labels: string, value: number]

function gauge(name: string, help: string, samples: readonly Sample[]): string[] {
  return metric('gauge', name, help, samples)
}

function metric(type: string, name: string, help: string, samples: readonly Sample[]): string[] {
  const values = samples.map(([labels, value]) => `${name}${labels} ${value}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...values]
}
