import { type WebhookFailureCode, webhookFailure } from './webhook-failure.ts'

/** The caller has to write down what came of it, so the sender ends before the caller gives up. */
const MARGIN_MS = 500

export interface Deadline {
  /** Aborts with the failure that the send ends with. */
  readonly signal: AbortSignal
  /** What it is called when the time is up; `busy` at first. */
  becomes(code: WebhookFailureCode): void
  clear(): void
}

/** One deadline for the whole send, together with the signals that may end it earlier. */
export function startDeadline(
  timeoutMs: number,
  closing: AbortSignal,
  callers: AbortSignal | undefined,
): Deadline {
  const controller = new AbortController()
  const abort = (failure: Error): void => controller.abort(failure)
  let code: WebhookFailureCode = 'busy'
  const timer = setTimeout(() => abort(webhookFailure(code)), Math.max(timeoutMs - MARGIN_MS, timeoutMs / 2))
  const onClosing = (): void => abort(webhookFailure('closed'))
  const onCaller = (): void => abort(webhookFailure('aborted', callers?.reason))
  closing.addEventListener('abort', onClosing, { once: true })
  callers?.addEventListener('abort', onCaller, { once: true })
  if (callers?.aborted) onCaller()
  return {
    signal: controller.signal,
    becomes: (next) => {
      code = next
    },
    clear: () => {
      clearTimeout(timer)
      closing.removeEventListener('abort', onClosing)
      callers?.removeEventListener('abort', onCaller)
    },
  }
}
