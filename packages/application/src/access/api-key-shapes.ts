import { type ApiKey, formatInstant, type Instant, KEY_SCOPES } from '@daftari/domain'
import { z } from 'zod'
import { coded } from '../kernel/input/coded.ts'
import { instantField, nameField } from '../kernel/input/fields.ts'
import { once } from '../kernel/input/once.ts'
import { pageQuery } from '../kernel/input/page-query.ts'
import { recordedJson, recordedView } from '../kernel/input/views.ts'

const SCOPES = `one or several of ${KEY_SCOPES.join(', ')}, as a list`

export const createApiKeyInput = z
  .strictObject({
    name: nameField,
    scopes: z
      .array(z.enum(KEY_SCOPES, { error: coded('text_invalid', `one of ${KEY_SCOPES.join(', ')}`) }), {
        error: coded('text_invalid', SCOPES),
      })
      .min(1, { error: coded('text_invalid', SCOPES) }),
    expiresAt: instantField.nullish(),
  })
  .meta({ title: 'NewApiKey' })
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>

export interface ApiKeyTarget {
  readonly keyId: string
}

export const listApiKeysInput = z.strictObject(pageQuery)
export type ListApiKeysInput = z.input<typeof listApiKeysInput>

const apiKeyRecordView = once(() =>
  z.object({
    id: z.uuid(),
    version: z.int(),
    name: z.string(),
    scopes: z.array(z.enum(KEY_SCOPES)),
    expiresAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    ...recordedView(),
  }),
)
type ApiKeyRecord = Readonly<z.output<ReturnType<typeof apiKeyRecordView>>>

export const apiKeyView = once(() =>
  apiKeyRecordView().extend({ lastUsedAt: z.iso.datetime().nullable() }).meta({ title: 'ApiKey' }),
)
export type ApiKeyView = Readonly<z.output<ReturnType<typeof apiKeyView>>>

/** The view with the text of the key. Only the answer of the creation contains it. */
export const createdApiKeyView = once(() =>
  apiKeyView().extend({ key: z.string() }).meta({ title: 'CreatedApiKey' }),
)
export type CreatedApiKeyView = Readonly<z.output<ReturnType<typeof createdApiKeyView>>>

/** An API key as JSON, without the time of its last use. */
export function apiKeyRecord(key: ApiKey): ApiKeyRecord {
  const { id, version, name, scopes, expiresAt, revokedAt } = key
  return {
    id,
    version,
    name,
    scopes: [...scopes],
    expiresAt: time(expiresAt),
    revokedAt: time(revokedAt),
    ...recordedJson(key),
  }
}

interface UsedKey {
  readonly key: ApiKey
  readonly lastUsedAt: Instant | null
}

export function apiKeyJson({ key, lastUsedAt }: UsedKey): ApiKeyView {
  return { ...apiKeyRecord(key), lastUsedAt: time(lastUsedAt) }
}

function time(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant)
}
