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
  F08: 'The connection is lost during the commit, so that nobody knows what came of it.',
  F09: 'Two transactions meet, and the database ends one of them.',
  F10: 'A rollback fails as well.',
  F11: 'The service is told to stop while requests are under way.',
  F12: 'A request is repeated under its idempotency key.',
  F13: 'An idempotency key is used for another request.',
  F14: 'Many requests with one idempotency key arrive at once.',
  F15: 'The first try under a key failed, or the key belongs to another owner.',
  F16: 'Two people change the version of a record that both have seen.',
  F17: 'A record is deleted twice.',
  F18: 'A category is deleted while an expense is filed under it.',
  F19: 'Many records are created at once just below a limit.',
  F20: 'Two instances migrate the same database.',
  F21: 'A migration is killed in the middle.',
  F22: 'The schema is older or newer than the program.',
  F23: 'Two processes want the same data directory.',
  F24: 'The lock of a data directory was left behind by a process that is gone.',
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
  F54: 'The process is killed after the bytes of a file were stored, before the books know of it.',
  F55: 'The books know of a file whose bytes were never stored.',
  F56: 'The place where files are kept is there, and empty.',
  F57: 'A stored file has changed by a bit.',
  F58: 'The place where files are kept takes the connection and answers nothing.',
  F59: 'A name is made to lead out of the folder.',
  F63: 'A file is empty, or larger than it may be, or than was said.',
  F64: 'A form has many fields, long names, several files, or a field called `__proto__`.',
  F65: 'A form has no boundary, or breaks off before its last one.',
  F66: 'An amount is written in a way that is no amount.',
  F67: 'Amounts are as large as they may be, and summed by the million.',
  F68: 'Names differ only in case, width, spaces or invisible characters.',
  F69: 'Names are written to deceive, or are longer than they look.',
  F70: 'A text has a NUL or half of a surrogate pair.',
  F71: 'A day ends at the owner’s place while it goes on elsewhere.',
  F72: 'A date is not in the calendar, or not written as one.',
  F73: 'A JSON object wants to change the prototype of all objects.',
  F74: 'A body has fields that are not asked for, or not for the caller to set.',
  F75: 'The content type says something that is not so.',
  F76: 'A sort, cursor, limit or search is made to break the query.',
  F77: 'A request is deeper, longer or slower than any that makes sense.',
  F79: 'The id of another owner’s record is used.',
  F80: 'Lists, sums, searches, exports and cursors touch the rows of another owner.',
  F81: 'A key is wrong, expired, revoked, or lacks the scope.',
  F85: 'A secret would be written to a log, an error or the database.',
  F90: 'An unexpected failure would tell the caller about the inside.',
  F91: 'What the caller sent would make the log unreadable or endless.',
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
    'A test that holds against a fault bears its number in its title. Numbers that are missing are not tested here yet.\n',
    '| number | what goes wrong | tested in |',
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
