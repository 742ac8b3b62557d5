// Writes docs/faults.md from the titles of the tests, which bear the numbers of the faults that they are about.
// scripts/test/faults.test.ts fails when the page is not what this would write, or when a number is not explained.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourceFiles } from '../architecture/source-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What goes wrong. A number that stands in the title of a test has its line here. */
export const faults: Readonly<Record<string, string>> = {
  F01: 'The process is killed before its commit.',
  F02: 'The process is killed after its commit, before it has answered.',
  F03: 'The process is killed between the commit of a change and the delivery of its event.',
  F04: 'The process is killed after a subscriber has an event, before that is written down.',
  F05: 'Several dispatchers work on the same deliveries.',
  F06: 'A dispatcher stands still past its lease and then goes on.',
  F07: 'The database stops in the middle of the work and comes back.',
  F08: 'The connection is lost during the commit, so that its outcome is unknown.',
  F09: 'Two transactions conflict, and the database aborts one of them.',
  F10: 'A rollback fails as well.',
  F11: 'The service receives a signal to stop while requests are running.',
  F12: 'A request is repeated under its idempotency key.',
  F13: 'An idempotency key is reused for a different request.',
  F14: 'Many requests with one idempotency key arrive at once.',
  F15: 'The first try under a key failed, or the key belongs to another owner.',
  F16: 'Two people change the same version of a record that both have read.',
  F17: 'A record is deleted twice.',
  F18: 'A category is deleted while an expense is added to it.',
  F19: 'Many records are created at once just below a limit.',
  F20: 'Two instances migrate the same database.',
  F21: 'A migration is killed in the middle.',
  F22: 'The schema is older or newer than the program.',
  F23: 'Two processes want the same data directory.',
  F24: 'The lock of a data directory was left by a process that has ended.',
  F26: 'All connections of the pool are taken.',
  F27: 'A statement runs for too long.',
  F28: 'A transaction is open and does nothing.',
  F29: 'The disk is full.',
  F30: 'The clock of the machine is set forward or back.',
  F31: 'A receiver of webhooks cannot be reached, or is overloaded.',
  F32: 'A receiver of webhooks answers slowly, without end, or in gigabytes.',
  F33: 'A receiver of webhooks redirects to somewhere inside.',
  F34: 'A subscriber is down for a day, or nobody hears of what is written.',
  F36: 'A receiver of webhooks is gone for good.',
  F37: 'One event is refused again and again, and no other.',
  F39: 'A webhook cannot be signed.',
  F40: 'A delivery that should be there is missing.',
  F44: 'The secret of a webhook is changed.',
  F46: 'A million finished deliveries lie about while an old transaction is open.',
  F47: 'Old events are removed while somebody has not heard of them.',
  F48: 'A notification is lost.',
  F49: 'The URL of a webhook leads inside, by its text or by its name.',
  F50: 'The place where files are kept cannot be reached.',
  F51: 'The place where files are kept comes back, and has a file that was stored elsewhere meanwhile.',
  F52: 'The disk for files is full.',
  F53: 'An upload ends half-way.',
  F54: 'The process is killed after the bytes of a file were stored and before its row was stored.',
  F55: 'The database has a row of a file whose bytes were never stored.',
  F56: 'The file store is reachable but empty.',
  F57: 'One bit of a stored file has changed.',
  F58: 'The file store accepts connections but does not answer.',
  F59: 'A file name tries to leave the folder.',
  F63: 'A file is empty, larger than the limit, or larger than announced.',
  F64: 'A form has many fields, long names, several files, or a field called `__proto__`.',
  F65: 'A form has no boundary, or ends before the last one.',
  F66: 'A text is not a valid amount.',
  F67: 'Amounts have the largest allowed size, and a million of them are summed.',
  F68: 'Names differ only in case, width, spaces or invisible characters.',
  F69: 'Names are misleading, or longer than they look.',
  F70: 'A text contains a NUL or a lone surrogate.',
  F71: 'A day ends in the owner’s time zone but not in others.',
  F72: 'A date is not in the calendar, or not written as one.',
  F73: 'A JSON object tries to change the prototype of all objects.',
  F74: 'A body has unknown fields, or fields that the caller must not set.',
  F75: 'The content type does not match the content.',
  F76: 'A sort, cursor, limit or search tries to break the query.',
  F77: 'A request is too deeply nested, too long or too slow.',
  F79: 'The id of another owner’s record is used.',
  F80: 'Lists, sums, searches, exports and cursors touch the rows of another owner.',
  F81: 'A key is wrong, expired, revoked, or lacks the scope.',
  F85: 'A secret would be written to a log, an error or the database.',
  F90: 'An unexpected error would reveal internal details to the caller.',
  F91: 'Input of the caller would make the log unreadable or endless.',
}

/** The numbers in the titles of tests, with the files that they stand in. */
export function testedFaults(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const file of sourceFiles(root)) {
    if (!/\.test\.ts$|\/test\/|\/harness\/|-contract\.ts$/.test(file) || file.startsWith('scripts/')) continue
    const numbers = new Set(readFileSync(join(root, file), 'utf8').match(/\bF\d{2}\b/g))
    for (const number of numbers) found.set(number, [...(found.get(number) ?? []), file])
  }
  return found
}

/** The page, as it should be. */
export function faultsPage(): string {
  const rows = [...testedFaults()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([number, files]) => `| ${number} | ${faults[number] ?? ''} | ${files.map(linkTo).join(', ')} |`)
  return [
    '# Faults\n',
    'Written by `scripts/write-faults.ts`; changes by hand are lost.\n',
    'The title of a test contains the number of the fault that it covers. Missing numbers are not tested here yet.\n',
    '| number | fault | tested in |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

function linkTo(file: string): string {
  return `[${file.replace(/^packages\//, '').replace(/(src|test)\//, '')}](../${file})`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/faults.md', import.meta.url), faultsPage())
}
