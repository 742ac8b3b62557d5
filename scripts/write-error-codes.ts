// Writes docs/errors.md from what each context says of its codes, and their HTTP statuses.
// scripts/test/error-codes.test.ts fails when the page is not what this would write.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type DomainErrorCode, errorMeanings } from '../packages/application/src/index.ts'
import type { FieldErrorCode } from '../packages/domain/src/index.ts'
import { meanings, type ProblemCode, type WireCode } from '../packages/http/src/problem/problem-code.ts'

const ofTheWire: { readonly [C in Exclude<WireCode, DomainErrorCode>]: string } = {
  malformed_multipart:
    'Send `multipart/form-data` with its boundary, one file in the field `file`, and nothing else.',
  malformed_json: 'Send one JSON value in UTF-8.',
  invalid_header: 'Correct the header that the detail names.',
  unauthenticated: 'Send `Authorization: Bearer` with a key or token that is valid.',
  scope_missing: 'Use a key with the scope that the detail names.',
  request_timeout: 'Send the request again, faster. What was cut off was not carried out.',
  url_too_long: 'Shorten the URL: 100 characters for an id in the path, about 16,000 in all.',
  rate_limited: 'Wait as long as `Retry-After` says.',
  headers_too_large: 'Send fewer or shorter headers: about 16,000 characters with the URL.',
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
  empty_file: 'The file has no bytes.',
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
  const books = Object.entries(errorMeanings).map(([code, { remedy, details }]) => {
    const names = details.map((name) => `\`${name}\``).join(', ')
    return row(code as DomainErrorCode, remedy, names)
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
