import type { PostgresAdapters } from '@daftari/adapters-postgres'
import { reasonOf } from '../commands/failure.ts'
import type { Config } from '../config.ts'
import type { OpenDatabase } from '../database/open-database.ts'

/** What the checks look at; the database is opened once for all of them. */
export interface Checked {
  readonly config: Config
  readonly database: OpenDatabase
  readonly adapters: PostgresAdapters
}

export interface Check {
  readonly component: string
  /** What it proves. Throws what is wrong; the details are for `--verbose`. */
  readonly run: (checked: Checked) => Promise<readonly string[]>
  /** The command to type when it fails. */
  readonly remedy: string
}

/** A failure that has a remedy of its own. */
export class CheckFailed extends Error {
  readonly remedy: string

  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/** What a check found. */
export interface Finding {
  readonly component: string
  readonly ok: boolean
  readonly details: readonly string[]
  readonly remedy: string | null
}

export async function findingOf({ component, run, remedy }: Check, checked: Checked): Promise<Finding> {
  try {
    return { component, ok: true, details: await run(checked), remedy: null }
  } catch (error) {
    return failed(component, error, error instanceof CheckFailed ? error.remedy : remedy)
  }
}

export function failed(component: string, error: unknown, remedy: string): Finding {
  return { component, ok: false, details: [reasonOf(error)], remedy }
}
