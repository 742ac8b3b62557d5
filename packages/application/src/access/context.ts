import type { ApiKeyEvent } from '@daftari/domain'
import { type Context, typesOf } from '../kernel/context.ts'
import { apiKeyRecord } from './api-key-shapes.ts'
import type { AccessReads, AccessTransaction } from './ports.ts'

interface AccessTypes {
  readonly event: ApiKeyEvent
  readonly transaction: AccessTransaction
  readonly reads: AccessReads
}

/** Who keeps books here, and the keys that open them. Changes are for the audit, not for other systems. */
export const access = {
  types: typesOf<AccessTypes>(),
  aggregates: { api_key: { record: apiKeyRecord } },
  errors: {},
} as const satisfies Context<AccessTypes>
