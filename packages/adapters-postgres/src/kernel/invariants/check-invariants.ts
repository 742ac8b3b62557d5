import { contextInvariants } from '../../invariants.ts'
import type { Invariant } from './context-invariants.ts'
import { eachBooks, type SystemOptions } from './each-books.ts'
import { eventsMatch, filesApart, wordsMatch } from './shared-checks.ts'

export type { Invariant } from './context-invariants.ts'

/** Something that only a defect or a manual change of the tables can cause. */
export interface Violation {
  readonly invariant: Invariant
  readonly ownerId: string
  /** A sentence that begins with what it is about: a kind and its id, a key, or a month. */
  readonly detail: string
}

/** The most violations that are reported at once. */
const MOST = 1000

const CHECKS: Readonly<Record<Invariant, readonly string[]>> = {
  I1: [eventsMatch(contextInvariants)],
  I2: violationsOf('I2'),
  I3: violationsOf('I3'),
  I5: [filesApart(contextInvariants), ...violationsOf('I5')],
  I8: violationsOf('I8'),
  I9: [wordsMatch(contextInvariants)],
  I10: violationsOf('I10'),
}

function violationsOf(invariant: Invariant): readonly string[] {
  return contextInvariants.flatMap(({ violations }) => violations?.[invariant] ?? [])
}

/** What must always hold and does not: none, unless something is wrong. Changes nothing. @throws unavailable */
export async function checkInvariants(options: SystemOptions): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  const begin = 'begin isolation level repeatable read read only'
  await eachBooks(options, begin, async (client, ownerId) => {
    for (const [invariant, texts] of Object.entries(CHECKS) as [Invariant, readonly string[]][]) {
      for (const text of texts) {
        const { rows } = await client.query(`${text} limit ${MOST}`, [ownerId])
        for (const row of rows) {
          violations.push({ invariant, ownerId: row.owner_id, detail: `${row.subject} ${row.detail}` })
        }
      }
    }
  })
  return violations
}
