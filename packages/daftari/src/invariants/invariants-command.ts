import { checkInvariants, type Violation } from '@daftari/adapters-postgres'
import { isDomainError } from '@daftari/application'
import type { Command } from 'commander'
import { configOfEnvironment } from '../commands/environment.ts'
import { print } from '../commands/output.ts'
import { OPERATOR, withSchema } from '../commands/with-books.ts'
import { compose } from '../composition/create-container.ts'
import { tokens } from '../composition/tokens.ts'
import type { OpenDatabase } from '../database/open-database.ts'

const CHECK_FAILED = 3

/** A violation between rows, or of I6 between the rows and the stored files. */
interface Found extends Omit<Violation, 'invariant' | 'ownerId'> {
  readonly invariant: Violation['invariant'] | 'I6'
  /** `null` when it concerns all owners. */
  readonly ownerId: string | null
}

/** `daftari invariants`: checks the invariants between the rows of the database, and between the rows and the stored files. */
export function addInvariantsCommand(program: Command): void {
  program
    .command('invariants')
    .description(
      'check the invariants between the rows of the database, and between the rows and the stored files',
    )
    .option('--json', 'print JSON')
    .action(({ json }: { readonly json?: boolean }) =>
      withSchema(async (database) => {
        const { systemConnectionString: connectionString } = database
        const violations: readonly Found[] = [
          ...(await checkInvariants({ connectionString })),
          ...(await checkFiles(database)),
        ]
        const lines = violations.map(({ invariant, detail }) => `${invariant}: ${detail}`)
        print({ violations }, json, lines.length === 0 ? ['every invariant holds'] : lines)
        if (violations.length > 0) process.exitCode = CHECK_FAILED
      }),
    )
}

async function checkFiles(database: OpenDatabase): Promise<readonly Found[]> {
  const container = compose(configOfEnvironment(), { ...database, close: async () => {} })
  try {
    const { differences } = await container.resolve(tokens.books).storage.compare(OPERATOR)
    return differences.map(({ ownerId, attachmentId, detail }) => ({
      invariant: 'I6',
      ownerId,
      detail: `attachment ${attachmentId} ${detail}`,
    }))
  } catch (error) {
    if (!isDomainError(error, 'unavailable')) throw error
    return [{ invariant: 'I6', ownerId: null, detail: `files could not be compared: ${error.message}` }]
  } finally {
    await container.dispose()
  }
}
