export { judgeUrl, type UrlFault, type UrlRules } from './judge-url.ts'
export type { KeptResponse } from './kept-response.ts'
export type { Resolve } from './open-socket.ts'
export { newSecret } from './signature.ts'
export { isWebhookFailure, type WebhookFailure, type WebhookFailureCode } from './webhook-failure.ts'
export {
  type WebhookAnswer,
  type WebhookRequest,
  type WebhookSender,
  type WebhookSenderOptions,
  webhookSender,
} from './webhook-sender.ts'
