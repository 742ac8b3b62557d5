import {
  createDispatcher,
  type Dispatcher,
  type DispatcherOptions,
  outboxProfile,
  type Ports,
} from '@daftari/application'
import type { OutboxConfig } from '../config.ts'

const SECOND_MS = 1000

/** The schedule of Standard Webhooks, unless a number of retries or a delay is configured. */
export function dispatcherOptions(config: OutboxConfig): DispatcherOptions {
  const { maxRetryAttempts, retryDelaySeconds, batchSize, intervalSeconds, timeoutSeconds } = config
  const own = { batchSize, pollMs: intervalSeconds * SECOND_MS, timeoutMs: timeoutSeconds * SECOND_MS }
  if (maxRetryAttempts === null && retryDelaySeconds === null) return own
  const profile = outboxProfile({
    ...(maxRetryAttempts === null ? {} : { max_retry_attempts: maxRetryAttempts }),
    ...(retryDelaySeconds === null ? {} : { retry_delay: retryDelaySeconds }),
  })
  return { ...profile, ...own }
}

export function dispatcherOf(
  config: OutboxConfig,
  ports: Ports,
  log: (message: string) => void = () => {},
): Dispatcher {
  const onError = (error: unknown): void => log(`the dispatcher had an error and continues: ${error}`)
  return createDispatcher(ports, { ...dispatcherOptions(config), onError })
}
