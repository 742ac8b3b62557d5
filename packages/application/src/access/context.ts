import type { ApiKeyEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { apiKeyRecord } from './api-key-shapes.ts'
import type { AccessReads, AccessTransaction } from './ports.ts'

interface AccessTypes {
  readonly event: ApiKeyEvent
  readonly transaction: AccessTransaction
  readonly reads: AccessReads
}

/** The owners and their API keys. The events of this context serve the audit only and are not published. */
export const access = {
  types: typesOf<AccessTypes>(),
  aggregates: { api_key: { record: apiKeyRecord } },
  errors: {},
} as const satisfies Context<AccessTypes>
