import type { PostgresAdapters } from '@daftari/adapters-postgres'
import { reasonOf } from '../commands/failure.ts'
import type { Config } from '../config.ts'
import type { OpenDatabase } from '../database/open-database.ts'

/** What the checks of the database examine. The database is opened once for all checks. */
export interface Checked {
  readonly config: Config
  readonly database: OpenDatabase
  readonly adapters: PostgresAdapters
}

/** Examines `Subject`. */
export interface Check<Subject = Checked> {
  readonly component: string
  /** Runs the check. Throws an error that says what is wrong; otherwise returns the details for `--verbose`. */
  readonly run: (subject: Subject) => Promise<readonly string[]>
  /** The command to run when the check fails. */
  readonly remedy: string
}

/** A failure with a remedy that differs from the usual one of the check. */
export class CheckFailed extends Error {
  readonly remedy: string

  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/** The result of a check. */
export interface Finding {
  readonly component: string
  readonly ok: boolean
  readonly details: readonly string[]
  readonly remedy: string | null
}

export async function findingOf<Subject>(
  { component, run, remedy }: Check<Subject>,
  subject: Subject,
): Promise<Finding> {
  try {
    return { component, ok: true, details: await run(subject), remedy: null }
  } catch (error) {
    return failed(component, error, error instanceof CheckFailed ? error.remedy : remedy)
  }
}

export function failed(component: string, error: unknown, remedy: string): Finding {
  return { component, ok: false, details: [reasonOf(error)], remedy }
}
