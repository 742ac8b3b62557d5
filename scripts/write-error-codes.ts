// Writes docs/errors.md from the codes of the domain and their HTTP statuses. A code without an entry here does
// not compile; scripts/test/error-codes.test.ts fails when the page is not what this would write.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DomainErrorCode, DomainErrorDetails, FieldErrorCode } from '../packages/domain/src/index.ts'
import { meanings, type ProblemCode, type WireCode } from '../packages/http/src/problem/problem-code.ts'

interface Entry<Details> {
  readonly advice: string
  readonly details: readonly Details[]
}

const ofTheBooks: { readonly [C in DomainErrorCode]: Entry<keyof DomainErrorDetails[C]> } = {
  not_found: {
    advice: 'The record was deleted, never existed, or is in the books of another owner.',
    details: ['kind', 'id'],
  },
  category_name_taken: {
    advice:
      'Use the category that has the name, or choose another name. Case, width and spaces do not count.',
    details: ['name'],
  },
  category_in_use: {
    advice: 'Name a category to merge it into, or move its expenses first.',
    details: ['expenseCount'],
  },
  category_limit_reached: {
    advice: 'Delete or merge categories, or raise `maxCategories` in the settings.',
    details: ['limit'],
  },
  invoice_probable_duplicate: {
    advice: 'Look at the invoice that `twinId` names. If this is another bill, say why in `duplicateReason`.',
    details: ['twinId', 'number'],
  },
  invoice_already_settled: { advice: 'Nothing is left to pay.', details: ['invoiceId'] },
  invoice_void: { advice: 'It is never due; enter a new invoice instead.', details: ['invoiceId'] },
  invoice_has_payments: { advice: 'Take its payments back first.', details: ['paymentCount'] },
  amount_frozen: {
    advice:
      'Amounts can change only until the first payment, also when it was taken back. Void the invoice and enter it anew.',
    details: ['invoiceId'],
  },
  payment_exceeds_balance: {
    advice: 'Pay at most the `balance` of the invoice.',
    details: ['balance', 'currency'],
  },
  payment_already_reversed: { advice: 'It counts no more; there is nothing to do.', details: ['paymentId'] },
  attachment_not_found: {
    advice: 'Name a file of these books. One that no record names is kept for a day only.',
    details: ['attachmentId', 'pointer'],
  },
  base_currency_frozen: {
    advice: 'The base currency can change only while there is no expense.',
    details: ['baseCurrency'],
  },
  merge_too_large: {
    advice: 'Move some of the expenses to the other category first.',
    details: ['expenseCount', 'limit'],
  },
  idempotency_in_progress: { advice: 'Repeat the same request a moment later.', details: [] },
  concurrent_change: {
    advice: 'Read the record again, look at what changed, and repeat the change with its new version.',
    details: ['kind', 'id'],
  },
  precondition_required: {
    advice: 'Send the version that you saw: `If-Match` over HTTP, `version` in the library.',
    details: ['kind', 'id'],
  },
  validation_failed: {
    advice: 'Correct the fields that `errors` points at; the next table has its codes.',
    details: ['errors'],
  },
  category_not_found: {
    advice: 'Name a category of these books.',
    details: ['categoryId', 'pointer'],
  },
  idempotency_key_reused: { advice: 'Choose a new key for a new request.', details: [] },
  invalid_cursor: {
    advice: 'Start from the first page. A cursor works only with the filters and the sort it came from.',
    details: [],
  },
  invalid_query: {
    advice: 'Correct the parameter; an unknown one is told with the nearest that exists.',
    details: ['parameter', 'nearest', 'detail'],
  },
  outcome_unknown: {
    advice: 'Repeat the request with the same idempotency key, or look whether the change is there.',
    details: [],
  },
  unavailable: { advice: 'Repeat the request later; nothing was stored.', details: [] },
  storage_full: { advice: 'Make room where the books are kept; nothing was stored.', details: [] },
  overloaded: { advice: 'Repeat the request later; nothing was stored.', details: [] },
}

const ofTheWire: { readonly [C in WireCode]: string } = {
  malformed_json: 'Send one JSON value in UTF-8.',
  invalid_header: 'Correct the header that the detail names.',
  unauthenticated: 'Send `Authorization: Bearer` with a key or token that is valid.',
  scope_missing: 'Use a key with the scope that the detail names.',
  too_large: 'Send less at once.',
  unsupported_type: 'Send the content type that the route takes, mostly `application/json`.',
  rate_limited: 'Wait as long as `Retry-After` says.',
  internal_error: 'A defect. The log has it under the `requestId` of the answer.',
}

const ofFields: { readonly [C in FieldErrorCode]: string } = {
  amount_invalid: 'The amount is no string of digits with at most the decimals of its currency.',
  amount_out_of_policy: "The amount lies outside the owner's policy.",
  currency_not_allowed: 'The currency is unknown or not the one these books are kept in.',
  date_invalid: 'The date is not `YYYY-MM-DD`, not in the calendar, or not from 1970 to 2100.',
  date_in_future: "The date lies after today at the owner's place.",
  name_invalid: 'The name is empty, too long, invisible, or written to deceive.',
  text_invalid: 'Any other fault; the detail says what would be right.',
  unknown_field: 'There is no such field.',
  totals_do_not_add_up: 'Subtotal and tax together are not the total.',
}

const introduction = `# Error codes

Written by \`scripts/write-error-codes.ts\`; changes by hand are lost.

The library throws a \`DomainError\` with a \`code\` and the \`details\` below. Over HTTP the same code stands in a
problem document (\`application/problem+json\`) with \`type\` \`urn:daftari:problem:<code>\`, \`title\`, \`status\`,
\`detail\`, \`instance\`, \`requestId\` and \`errors\`.
`

/** The page, as it should be. */
export function errorCodesPage(): string {
  const books = Object.entries(ofTheBooks).map(([code, { advice, details }]) => {
    const names = details.map((name) => `\`${name}\``).join(', ')
    return row(code as DomainErrorCode, advice, names)
  })
  const wire = Object.entries(ofTheWire).map(([code, advice]) => row(code as WireCode, advice))
  const fields = Object.entries(ofFields).map(([code, meaning]) => cells(`\`${code}\``, meaning))
  return [
    introduction,
    '## Refusals of the books\n',
    ...table(['status', 'code', 'means', 'what to do', 'details'], books),
    '\n## Faults of one field\n',
    'They stand in `errors`, each with a `pointer` into the input and a `detail`. In a problem document',
    '`category_not_found` and `attachment_not_found` stand there as well, to point at the field that named what is',
    'not there.\n',
    ...table(['code', 'means'], fields),
    '\n## Refusals of the wire\n',
    'They arise between a request and the books; the library has none of them.\n',
    ...table(['status', 'code', 'means', 'what to do'], wire),
    '',
  ].join('\n')
}

function row(code: ProblemCode, ...rest: readonly string[]): string {
  const { status, title } = meanings[code]
  return cells(String(status), `\`${code}\``, title, ...rest)
}

function table(heads: readonly string[], rows: readonly string[]): string[] {
  return [cells(...heads), cells(...heads.map(() => '---')), ...rows.toSorted()]
}

function cells(...texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/errors.md', import.meta.url), errorCodesPage())
}
