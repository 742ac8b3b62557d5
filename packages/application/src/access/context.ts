import type { Context } from '../kernel/context.ts'
import { apiKeyRecord } from './api-key-shapes.ts'

/** Who keeps books here, and the keys that open them. Changes are for the audit, not for other systems. */
export const access = {
  aggregates: { api_key: { record: apiKeyRecord } },
  errors: {},
} as const satisfies Context
