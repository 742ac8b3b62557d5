import { onTestFinished } from 'vitest'
import {
  newSecret,
  type WebhookAnswer,
  type WebhookRequest,
  type WebhookSender,
  type WebhookSenderOptions,
  webhookSender,
} from '../../src/index.ts'

export const secret = newSecret()

/** One that reaches this machine, and is closed with the test. */
export function openSender(options: WebhookSenderOptions = {}): WebhookSender {
  const sender = webhookSender({ allowPrivate: true, ...options })
  onTestFinished(() => sender.close())
  return sender
}

export function aRequest(url: string, fields: Partial<WebhookRequest> = {}): WebhookRequest {
  return {
    url,
    secrets: [secret],
    messageId: '019373c2-7a00-7000-8000-000000000001',
    body: '{"type":"expense.created","note":"Usafiri – Kariakoo"}',
    contentType: 'application/cloudevents+json',
    timeoutMs: 10_000,
    ...fields,
  }
}

/** The code of the failure, or the answer where there was one. */
export function outcomeOf(sent: Promise<WebhookAnswer>): Promise<WebhookAnswer | string> {
  return sent.catch((failure: { code: string }) => failure.code)
}
