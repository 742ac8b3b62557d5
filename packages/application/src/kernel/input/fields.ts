import {
  type AttachmentId,
  type FieldErrorCode,
  type Instant,
  isTimeZone,
  isUuid,
  type LocalDate,
  type Money,
  money,
  type ParsedText,
  parseIban,
  parseInstant,
  parseLocalDate,
  parseName,
  parseText,
  type TimeZone,
} from '@daftari/domain'
import { z } from 'zod'
import { coded } from './coded.ts'
import { MONEY } from './views.ts'

/** Reads a string with `read`. A missing value and a value that is not a string get the same error code as an invalid string. */
function text<Value>(
  code: FieldErrorCode,
  expected: string,
  read: (text: string, refuse: (detail: string) => never) => Value | null,
): z.ZodPipe<z.ZodString, z.ZodTransform<Value, string>> {
  return z.string({ error: coded(code, expected) }).transform((value, context) => {
    const refuse = (detail: string): never => {
      context.issues.push({ code: 'custom', message: coded(code, detail), input: value })
      return z.NEVER
    }
    const result = read(value, refuse)
    return result === null ? refuse(expected) : result
  })
}

function kept(parsed: ParsedText, refuse: (detail: string) => never): string {
  return parsed.ok ? parsed.text : refuse(parsed.detail)
}

const AMOUNT = 'send amounts as strings, e.g. "12500.00"'
const CURRENCY = 'must be an ISO 4217 code of a currency with zero or two decimals, e.g. "TZS"'

const currencyCode = text('currency_not_allowed', CURRENCY, (code) => (money.isCurrency(code) ? code : null))

/** `{ amount: "12500.00", currency: "TZS" }`, read exactly or refused. */
export const moneyField = z
  .strictObject(
    { amount: z.string({ error: coded('amount_invalid', AMOUNT) }), currency: currencyCode },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? undefined
          : coded('amount_invalid', 'money is { "amount": "12500.00", "currency": "TZS" }'),
    },
  )
  .transform(({ amount, currency }, context): Money => {
    const parsed = money.parseAmount(amount, currency)
    if (parsed !== null) return parsed
    const message = coded('amount_invalid', amountHint(amount))
    context.issues.push({ code: 'custom', message, path: ['amount'], input: amount })
    return z.NEVER
  })
  .meta(MONEY)

function amountHint(amount: string): string {
  const shown = amount.length > 32 ? `${amount.slice(0, 32)}…` : amount
  return `${JSON.stringify(shown)} is not an exact amount; ${AMOUNT}`
}

/** An amount without currency, for settings where the currency is the owner's base currency. */
export const amountField = z.string({ error: coded('amount_invalid', AMOUNT) })

export const currencyField = currencyCode

export const dateField = text<LocalDate>(
  'date_invalid',
  'a date is YYYY-MM-DD, from 1970-01-01 to 2100-12-31',
  parseLocalDate,
).meta({ format: 'date', examples: ['2026-11-21'] })

export const instantField = text<Instant>(
  'date_invalid',
  'a moment is RFC 3339, e.g. "2026-11-21T09:00:00Z"',
  parseInstant,
)

export const nameField = text('name_invalid', 'a name has 1 to 100 characters', (value, refuse) =>
  kept(parseName(value), refuse),
).meta({ minLength: 1, maxLength: 100, examples: ['Usafiri'] })

export function textField(maxCodePoints: number) {
  return text('text_invalid', `a text of up to ${maxCodePoints} characters`, (value, refuse) =>
    kept(parseText(value, maxCodePoints), refuse),
  ).meta({ maxLength: maxCodePoints })
}

export const timeZoneField = text<TimeZone>(
  'text_invalid',
  'a time zone is an IANA name, e.g. "Africa/Dar_es_Salaam"',
  (zone) => (isTimeZone(zone) ? zone : null),
).meta({ examples: ['Africa/Dar_es_Salaam'] })

export function idField<Id extends string>() {
  return text<Id>('text_invalid', 'an id is a UUID in lower case', (id) =>
    isUuid(id) ? (id as Id) : null,
  ).meta({
    format: 'uuid',
    examples: ['019a9a60-5a00-7000-8000-000000000001'],
  })
}

export function wholeNumber(least: number, most: number) {
  const detail = coded('text_invalid', `a whole number from ${least} to ${most}`)
  return z.int({ error: detail }).min(least, { error: detail }).max(most, { error: detail })
}

const LINE_BREAK = /[\t\n\r\u2028\u2029]/

/** A text that is not blank, trimmed. */
export function wordsField(code: FieldErrorCode, maxCodePoints: number) {
  return text(code, `a text of 1 to ${maxCodePoints} characters`, (value, refuse) => {
    const words = value.trim()
    return words === '' ? null : kept(parseText(words, maxCodePoints), refuse)
  })
}

/** Like `wordsField`, but on one line. */
export function lineField(code: FieldErrorCode, maxCodePoints: number) {
  return text(code, `one line of 1 to ${maxCodePoints} characters`, (value, refuse) => {
    const line = value.trim()
    return line === '' || LINE_BREAK.test(line) ? null : kept(parseText(line, maxCodePoints), refuse)
  })
}

export const ibanField = text('text_invalid', 'an IBAN with right check digits', parseIban)

const MOST_ATTACHMENTS = 100

/** A list of files. Repeated ids are removed; the order is kept. */
export const attachmentIdsField = z
  .array(idField<AttachmentId>(), { error: coded('text_invalid', 'a list of ids') })
  .max(MOST_ATTACHMENTS, { error: coded('text_invalid', `at most ${MOST_ATTACHMENTS} files`) })
  .transform((ids) => [...new Set(ids)])
